package org.sitthi

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonNull
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import com.google.gson.Gson
import com.google.gson.GsonBuilder
import java.io.File

/** The repository; Maven runs tests in the project's own folder. */
private val root = File("../..").canonicalFile
private val folder = File(root, "tests/vectors")
private val gson: Gson = GsonBuilder().serializeNulls().disableHtmlEscaping().create()

/** The core's text, of a decision or of an error. */
data class Told(val text: String, val refused: Boolean)

/** One shared vector; `tests/vectors/README.md` says what its fields hold. */
class Vector(private val vector: JsonObject) {
    val id: String = vector["id"].asString

    fun answer(): Told = try {
        Told(ask(), refused = false)
    } catch (error: SitthiException.Refused) {
        Told(error.json, refused = true)
    }

    private fun ask(): String {
        val rulebook = vector["rulebook"]?.let { Rulebook.open(File(folder, it.asString).readBytes()) } ?: Rulebook.builtIn()
        val law = rulebook.on(vector["on"].asString)
        val input = when (val given = vector["input"]) {
            null -> "{}"
            else -> if (given.isJsonPrimitive && given.asJsonPrimitive.isString) given.asString else gson.toJson(given)
        }
        return when (val call = vector["call"].asString) {
            "assess" -> law.assess(input)
            "classify" -> law.classify(input)
            "next_question" -> law.nextQuestion(input) ?: "null"
            "route" -> law.route(input)
            "score" -> law.score(vector["plan"].asString, input)
            "explain_assess" -> law.explainAssess(input)
            "explain_classify" -> law.explainClassify(input)
            "explain_route" -> law.explainRoute(input)
            "explain_score" -> law.explainScore(vector["plan"].asString, input)
            "interview" -> walked(law)
            "changes" -> rulebook.changes(given("from"), given("to"))
            "check_citizen_id" -> checkCitizenId(input).let { "null" }
            "thai_date" -> gson.toJson(thaiDate(given("day"), told("short"), told("thai_digits")))
            else -> error("the vector calls `$call`, which nothing answers")
        }
    }

    /** The steps of an interview, and what is kept of it. */
    private fun walked(law: Law): String {
        val input = vector["input"].asJsonObject
        var interview = law.interview(given("about"), gson.toJson(input["given"]))
        val steps = mutableListOf(interview.step())
        for (act in input["acts"].asJsonArray.map { it.asJsonObject }) {
            when {
                act.has("put") -> interview.put(act["put"].asString, gson.toJson(act["answer"]))
                act.has("change") -> interview.change(act["change"].asInt.toUInt(), gson.toJson(act["answer"]))
                act.has("reopen") -> interview = law.resumeInterview(interview.toJson())
                else -> interview.back()
            }
            steps.add(interview.step())
        }
        return """{"steps":[${steps.joinToString(",")}],"interview":${interview.toJson()},"facts":${interview.facts()}}"""
    }

    private fun given(name: String): String = vector["input"].asJsonObject[name].asString

    private fun told(name: String): Boolean = vector["input"].asJsonObject[name].asBoolean

    /** What the answer lacks of what the vector expects; empty where it holds. */
    fun faults(answer: Told): List<String> {
        val decision = JsonParser.parseString(answer.text)
        vector["error"]?.let { error ->
            if (!answer.refused) return listOf("expected to be refused, was answered")
            val given = decision.asJsonObject
            return error.asJsonObject.entrySet().filter { (key, wanted) -> given[key] != wanted }
                .map { (key, wanted) -> "error.$key is ${given[key]}, expected $wanted" }
        }
        if (answer.refused) return listOf("refused: ${answer.text}")
        return (vector["expect"]?.asJsonArray ?: JsonArray()).mapNotNull { fault(decision, it.asJsonObject) }
    }

    private fun fault(decision: JsonElement, expected: JsonObject): String? {
        val place = expected["at"].asJsonArray
        val found = place.fold(decision as JsonElement?) { value, step -> value?.let { step(it, step) } }
        return when {
            expected.has("is") -> if ((found ?: JsonNull.INSTANCE) == expected["is"]) null else "$place is $found, expected ${expected["is"]}"
            expected.has("has") -> if (found is JsonArray && expected["has"] in found) null else "$place lacks ${expected["has"]}"
            else -> if (found != null) null else "$place is not there"
        }
    }

    private fun step(value: JsonElement, step: JsonElement): JsonElement? = when {
        step is JsonObject -> (value as? JsonArray)?.firstOrNull { item ->
            item is JsonObject && step.entrySet().all { (key, wanted) -> item[key] == wanted }
        }
        step.asJsonPrimitive.isNumber -> (value as? JsonArray)?.let { list -> step.asInt.takeIf { it < list.size() }?.let(list::get) }
        else -> (value as? JsonObject)?.get(step.asString)
    }

    companion object {
        val all: List<Vector> = folder.listFiles { file -> file.extension == "json" }.orEmpty().sorted()
            .flatMap { file -> JsonParser.parseString(file.readText()).asJsonArray.map { Vector(it.asJsonObject) } }

        fun write(answers: List<Pair<Vector, Told>>) {
            val file = File(root, "out/decisions/kotlin.jsonl")
            file.parentFile.mkdirs()
            file.writeText(answers.joinToString("") { (vector, answer) -> "${vector.id}\t${answer.text}\n" })
        }
    }
}
