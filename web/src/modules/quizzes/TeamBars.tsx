import { leastInTeam } from '@zhibu/server/modules/quizzes/names-schema'
import type { TeamResult } from '@zhibu/server/modules/quizzes/room-schema'
import { ShareBars } from '../../ui/ShareBars.tsx'

/** How the teams do, in the order in which they were named: of their answers, how many were right. */
export function TeamBars({ teams }: { teams: readonly TeamResult[] }) {
  const items = teams.map((it) => ({
    name: `${it.name}（${it.players} 人）`,
    words: shareInWords(it),
    share: it.share,
  }))
  return <ShareBars label="各队" items={items} />
}

function shareInWords({ players, share }: TeamResult): string {
  if (share !== null) return `答对 ${Math.round(100 * share)}%`
  return players < leastInTeam ? `不足 ${leastInTeam} 人，不单独显示` : `各队都有 ${leastInTeam} 人作答的题才计入`
}
