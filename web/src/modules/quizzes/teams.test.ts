import { mostTeams } from '@zhibu/server/modules/quizzes/names-schema'
import { expect, test } from 'vitest'
import { teamChoices, usualTeams, withTeam } from './teams.ts'

test.each([
  [0, ['不分队', '2 队', '3 队', '4 队', '更多']],
  [4, ['不分队', '2 队', '3 队', '4 队', '更多']],
  [5, ['不分队', '2 队', '3 队', '4 队', '5 队']],
  [8, ['不分队', '2 队', '3 队', '4 队', '8 队']],
])('with %i teams the choices are %j', (count, labels) => {
  expect(teamChoices(count).map((it) => it.label)).toEqual(labels)
})

test('however many teams there are, one choice is theirs, and each choice makes as many', () => {
  for (let teams = usualTeams(2); teams.length <= mostTeams; teams = withTeam(teams)) {
    const values = teamChoices(teams.length).map((it) => it.value)
    expect(values).toContain(String(teams.length))
    expect(values.map((it) => usualTeams(Number(it)).length)).toEqual(values.map(Number))
    if (teams.length === mostTeams) break
  }
})
