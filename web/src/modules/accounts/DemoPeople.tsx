import { useMutation } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { ProblemNote } from '../../ui/ProblemNote.tsx'
import { Section } from '../../ui/Section.tsx'
import { accountsClient } from './api.ts'
import classes from './Entrance.module.css'

interface Props {
  people: readonly { accountId: string; name: string; title: string }[]
  onSignedIn: () => Promise<void>
}

/** The people of the fictitious university, by role; one click signs in as one of them. */
export function DemoPeople({ people, onSignedIn }: Props) {
  const signIn = useMutation({
    mutationFn: (accountId: string) => parseResponse(accountsClient.demo['sign-in'].$post({ json: { accountId } })),
    onSuccess: onSignedIn,
  })
  const roles = [...Map.groupBy(people, ({ title }) => roleOf(title))]
  const shownFirst = usual.flatMap((role) => roles.filter((it) => it[0] === role))
  const others = roles.filter(([role]) => !usual.includes(role))
  const group = ([role, people]: (typeof roles)[number]) => (
    <div key={role}>
      <h3 className={classes.role}>{role}</h3>
      <ul className={classes.people}>
        {people.map(({ accountId, name, title }) => (
          <li key={accountId}>
            <button
              type="button"
              className={classes.person}
              disabled={signIn.isPending}
              onClick={() => signIn.mutate(accountId)}
            >
              <span className={classes.name}>{name}</span>
              <span className={classes.title}>{title.split(' ')[0]}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
  return (
    <Section
      title="演示：选一位虚构的人员进入"
      lead="单位和人员均为虚构，可以随意操作；不同的人看到的内容和能做的事不同。"
    >
      {shownFirst.map(group)}
      {others.length > 0 && (
        <details>
          <summary className={classes.more}>其他职务</summary>
          <div className={classes.form}>{others.map(group)}</div>
        </details>
      )}
      <ProblemNote error={signIn.error} />
    </Section>
  )
}

const ordinary = '申请人、积极分子、党员本人'
const separated = '系统、安全、审计三员'

/** The roles shown at once, in this order. */
const usual: readonly string[] = ['组织部', '组织员', '书记', ordinary, separated]

const administrators = ['系统管理员', '安全管理员', '审计员']

/** The role in a title: “信息学院党委 组织员” is an organiser; who holds no office is a student or teacher. */
function roleOf(title: string): string {
  if (administrators.includes(title)) return separated
  const office = title.split(' ').at(1)
  return office ?? ordinary
}
