import { useQuery } from '@tanstack/react-query'
import { officeNames } from '@zhibu/server/modules/organization/names-schema'
import { Section } from '../../ui/Section.tsx'
import { treeQuery } from '../organization/api.ts'
import { settingsQuery } from './api.ts'
import classes from './Discussion.module.css'

/** The two offices that open an identity together, in words; null where nobody does, undefined while it is not known. */
export function useOpeners(): string[] | null | undefined {
  const settings = useQuery(settingsQuery).data?.value
  const nodes = useQuery(treeQuery()).data?.nodes
  if (!settings || !nodes) return undefined
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.name ?? ''
  return settings.openers?.map((it) => `${nameOf(it.organizationId)}${officeNames[it.office]}`) ?? null
}

/** In plain words, before anything is written: what is kept, who could open it and how, and what it does not protect from. */
export function ProtectionExplained({ openers }: { openers: readonly string[] | null | undefined }) {
  return (
    <Section title="隐去身份是怎么回事">
      <ul className={classes.points}>
        <li>
          话题只有您和负责答复的人看得到。他们看到的是一个化名和转交的日期。您的姓名不写在话题里，也不写进操作记录和系统日志。
        </li>
        <li>您的姓名单独加密存放，和话题分开。书记、组织员、管理员在页面上都看不到。</li>
        <li>
          写好的内容先封存，次日早上六点半和当天所有来信一起转交，看不出先后，也看不出是几点写的。补充说明和申诉也是这样。
        </li>
        <li>
          {openers === null
            ? '学校还没有指定可以查看身份的职务，现在没有人能在系统里查看。'
            : `只有${openers?.join('和') ?? '两个指定职务的人'}共同同意，才能查看姓名：一人申请并写明理由，另一人同意。`}
        </li>
        <li>有没有人申请查看、谁申请、什么理由、谁同意、谁在什么时候看过，您在“隐去身份提交的”里立即看得到。</li>
        <li>防不住的：同时拿到整个服务器和密钥的人，能够打开；写得太具体，别人也可能猜到。</li>
      </ul>
    </Section>
  )
}
