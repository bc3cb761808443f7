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
    fun `one law serves many threads`() {
        val law = Rulebook.builtIn().on("2026-11-22")
        val one = law.assess("{}")
        val all = (1..64).toList().parallelStream().map { law.assess("{}") }.toList()
        assertEquals(List(64) { one }, all)
    }
}
