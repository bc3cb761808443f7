// The shared vectors, read and checked the same way in Node and in the browser. No imports: the page loads this file too.

/** Asks what a vector asks; gives the core's text, of the decision or of the error. */
export function answer(sitthi, vector, compiled) {
  try {
    const rulebook = vector.rulebook ? sitthi.Rulebook.open(compiled[vector.rulebook]) : sitthi.Rulebook.builtIn()
    const law = rulebook.on(vector.on)
    const input = typeof vector.input === 'string' ? vector.input : JSON.stringify(vector.input ?? {})
    switch (vector.call) {
      case 'assess': return { text: law.assessJson(input) }
      case 'classify': return { text: law.classifyJson(input) }
      case 'next_question': return { text: law.nextQuestionJson(input) }
      case 'route': return { text: law.routeJson(input) }
      case 'score': return { text: law.scoreJson(vector.plan, input) }
      case 'explain_assess': return { text: law.explainAssessJson(input) }
      case 'explain_classify': return { text: law.explainClassifyJson(input) }
      case 'explain_route': return { text: law.explainRouteJson(input) }
      case 'explain_score': return { text: law.explainScoreJson(vector.plan, input) }
      case 'interview': return { text: walked(law, vector.input) }
      case 'changes': return { text: rulebook.changesJson(vector.input.from, vector.input.to) }
      case 'check_citizen_id': return { text: JSON.stringify(sitthi.checkCitizenId(input) ?? null) }
      case 'thai_date': return { text: JSON.stringify(sitthi.thaiDate(vector.input.day, { short: vector.input.short, thaiDigits: vector.input.thai_digits })) }
      default: throw new Error(`the vector calls \`${vector.call}\`, which nothing answers`)
    }
  } catch (error) {
    if (!(error instanceof sitthi.SitthiError)) throw error
    return { text: error.json, refused: true }
  }
}

/** The steps of an interview, and what is kept of it. */
function walked(law, { about, given, acts }) {
  let interview = law.interview(about, given)
  const steps = [interview.stepJson()]
  for (const act of acts) {
    if ('put' in act) interview.put(act.put, act.answer)
    else if ('change' in act) interview.change(act.change, act.answer)
    else if ('reopen' in act) interview = law.resumeInterview(interview.toJson())
    else interview.back()
    steps.push(interview.stepJson())
  }
  return `{"steps":[${steps.join(',')}],"interview":${interview.toJson()},"facts":${JSON.stringify(interview.facts())}}`
}

const same = (left, right) => JSON.stringify(left) === JSON.stringify(right)

function find(value, path) {
  for (const step of path) {
    if (value === null || value === undefined) return undefined
    value = typeof step === 'object'
      ? value.find?.((item) => Object.entries(step).every(([key, wanted]) => same(item[key], wanted)))
      : value[step]
  }
  return value
}

/** What the answer lacks of what the vector expects; empty where it holds. */
export function faults(vector, { text, refused }) {
  const decision = JSON.parse(text)
  if (vector.error) {
    if (!refused) return ['expected to be refused, was answered']
    return Object.entries(vector.error).filter(([key, wanted]) => !same(decision[key], wanted))
      .map(([key, wanted]) => `error.${key} is ${JSON.stringify(decision[key])}, expected ${JSON.stringify(wanted)}`)
  }
  if (refused) return [`refused: ${text}`]
  return (vector.expect ?? []).flatMap((expected) => {
    const found = find(decision, expected.at)
    const place = JSON.stringify(expected.at)
    if ('is' in expected) return same(found ?? null, expected.is) ? [] : [`${place} is ${JSON.stringify(found)}, expected ${JSON.stringify(expected.is)}`]
    if ('has' in expected) return found?.some?.((item) => same(item, expected.has)) ? [] : [`${place} lacks ${JSON.stringify(expected.has)}`]
    return found === undefined ? [`${place} is not there`] : []
  })
}
