import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useSession } from '../../session.ts'
import { formsQuery } from './api.ts'

/** Beside a paper that is missing: the forms that make it, filled for this person. Nothing for who makes no forms. */
export function PaperForms({ personId, place }: { personId: string; place: string }) {
  const isMaker = useSession()?.can.includes('forms') ?? false
  const { data } = useQuery({ ...formsQuery, enabled: isMaker })
  const forms = data?.items.filter((it) => it.place?.code === place && !it.isRetired) ?? []
  return forms.map((it) => (
    <Link key={it.id} to="/forms/$formId" params={{ formId: it.id }} search={{ personId }} className="no-print">
      {forms.length === 1 ? '生成' : `生成《${it.title}》`}
      {forms.length === 1 && <span className="for-screen-readers">《{it.title}》</span>}
    </Link>
  ))
}
