// One worker in Node: from the start of the program to the first answer, then calls of a warm one. Seconds, as one line of JSON.
const start = performance.now()
const { Rulebook } = await import('sitthi')
const [person, day] = [JSON.parse(process.argv[2]), process.argv[3]]
const law = Rulebook.builtIn().on(day)
law.assess(person)
const first = (performance.now() - start) / 1000

const each = (calls, call) => {
  const rounds = []
  for (let round = 0; round < 7; round++) {
    const from = performance.now()
    for (let place = 0; place < calls; place++) call()
    rounds.push((performance.now() - from) / calls / 1000)
  }
  return rounds.sort((a, b) => a - b)[3]
}
const prepared = law.readWorker(person)
console.log(
  JSON.stringify({
    first,
    statuses: law.statuses ? each(20000, () => law.statuses(prepared)) : null,
    next: each(2000, () => law.nextQuestion(person)),
    assess: each(1000, () => law.assess(person)),
  }),
)
