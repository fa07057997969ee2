import { Box } from '@mantine/core'
import type { PapersView } from '@zhibu/server/modules/development/schema'
import type { PlacesToSeal } from '../archive/parts.ts'
import { DoubtfulPapers, MissingPapers } from './PaperRemarks.tsx'
import classes from './PapersToSeal.module.css'
import { doubtful } from './paperGroups.ts'

interface Props {
  papers: Pick<PapersView, 'remarks' | 'findings'>
  places: PlacesToSeal
}

/** What a person's papers lack and where they do not fit the record, to be read before the file is sealed as it is. */
export function PapersToSeal({ papers: { remarks, findings }, places }: Props) {
  const missing = remarks.filter((it) => it.state === 'missing').length
  const odd = doubtful(remarks).length + findings.length
  if (missing + odd === 0) return <p className={classes.sum}>现在应有的材料都已归档，没有发现需要核对的。</p>
  const differences = findings.map(({ place, message }) => ({
    place,
    message,
    who: places.find((it) => it.code === place)?.deliveredBy,
  }))
  return (
    <>
      <p className={classes.sum}>以下各项不妨碍封存，封存后如实留在档案中。请先看清：</p>
      {/* It can be moved by the keys, too: else nobody without a mouse would see its end. */}
      <Box component="section" className={classes.list} aria-label="缺少和需要核对的材料" tabIndex={0}>
        {missing > 0 && (
          <>
            <h3>缺 {missing} 类</h3>
            <MissingPapers remarks={remarks} />
          </>
        )}
        {odd > 0 && (
          <>
            <h3>需要核对 {odd} 处</h3>
            <DoubtfulPapers remarks={remarks} differences={differences} differing="与记录不一致" />
          </>
        )}
      </Box>
    </>
  )
}
