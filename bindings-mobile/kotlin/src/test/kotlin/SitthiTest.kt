package org.sitthi

import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

class SitthiTest {
    @TestFactory
    fun vectors(): List<DynamicTest> {
        val answers = Vector.all.map { it to it.answer() }
        assertTrue(answers.isNotEmpty(), "tests/vectors holds no vectors")
        Vector.write(answers)
        return answers.map { (vector, answer) -> dynamicTest(vector.id) { assertEquals(emptyList(), vector.faults(answer)) } }
    }

    @Test
    fun `a refusal is an exception with its fields`() {
        val refusals = listOf<() -> Unit>(
            { Rulebook.builtIn().on("2026-02-30") },
            { Rulebook.builtIn().on("2026-11-22").assess("""{"no_such_fact": true}""") },
            { Rulebook.builtIn().on("2026-11-22").assess("{") },
            { Rulebook.open(byteArrayOf(1, 2, 3)) },
        )
        for (refusal in refusals) {
            val refused = assertFailsWith<SitthiException.Refused> { refusal() }
            assertTrue(refused.code.isNotEmpty() && refused.reason.isNotEmpty())
        }
    }

    @Test
    fun `many at once are each answered or refused`() {
        val law = Rulebook.builtIn().on("2026-11-22")
        val answers = law.assessMany(listOf("{}", """{"birht_date": null}""", """{"jobs": []}"""))
        assertEquals(listOf(law.assess("{}"), null, law.assess("""{"jobs": []}""")), answers.map { it.decision })
        assertTrue(answers[1].error!!.contains("birth_date"))
        assertEquals(listOf(true, false, true), answers.map { it.error == null })
    }

    @Test
    fun `statuses and changes speak of the law as data`() {
        val rulebook = Rulebook.builtIn()
        val law = rulebook.on("2026-11-22")
        val whole = law.assess("{}")
        assertTrue(law.statuses("{}").isNotEmpty())
        assertTrue(law.statuses("{}").all { whole.contains("\"scheme\":\"${it.scheme}\"") })
        assertTrue(rulebook.changes("2020-01-01", "2021-01-01").startsWith("[{"))
    }

    @Test
    fun `one law serves many threads`() {
        val law = Rulebook.builtIn().on("2026-11-22")
        val one = law.assess("{}")
        val all = (1..64).toList().parallelStream().map { law.assess("{}") }.toList()
        assertEquals(List(64) { one }, all)
    }
}
