import { Checkbox } from '@mantine/core'
import { consentNames } from '@zhibu/server/modules/calls/names-schema'
import type { Consents } from '@zhibu/server/modules/calls/schema'
import { parseResponse } from 'hono/client'
import { choicesOf } from '../../ui/choices.ts'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { entriesClient } from './api.ts'
import classes from './Calls.module.css'
import { useWrite } from './useWrite.ts'

const explained: Readonly<Record<keyof Consents, string>> = {
  publication: '入选以后放上作品架，本组织的人都能看到。每位成员都同意才公开。',
  name: '作品架上写我的姓名。不同意的，作品仍然公开，不写姓名。',
  portrait: '有画面的作品，画面里的我可以公开。有成员不同意的，不显示图片和视频。',
}

/** To what the reader consents about their own work; may be taken back at any time. */
export function ConsentsPart({ entryId, own }: { entryId: string; own: Consents }) {
  const save = useWrite((json: Consents) =>
    parseResponse(entriesClient[':entryId'].consents.$put({ param: { entryId }, json })),
  )
  // What was chosen shows at once, and stays so unless it is refused.
  const shown = save.isPending ? save.variables : own
  return (
    <Section
      title="我同意公开什么"
      lead="随时可以改，改了立即生效。收回同意的，作品随即从作品架取下；已经写成稿件的，负责的同志会收到通知去处理。"
    >
      <div className={classes.form}>
        {choicesOf(consentNames).map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            description={explained[value]}
            checked={shown[value]}
            disabled={save.isPending}
            onChange={(event) => save.mutate({ ...own, [value]: event.currentTarget.checked })}
          />
        ))}
        <ProblemNote error={save.error} />
      </div>
    </Section>
  )
}
