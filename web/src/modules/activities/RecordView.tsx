import type { ActivityView } from '@zhibu/server/modules/activities/schema'
import { InstantText } from '../../ui/InstantText.tsx'
import parts from '../../ui/Parts.module.css'
import { Section } from '../../ui/Section.tsx'
import classes from './Activities.module.css'
import { mediumOf } from './api.ts'

/** What was written down of an activity, with its pictures. */
export function RecordView({ it, record }: { it: ActivityView; record: NonNullable<ActivityView['record']> }) {
  return (
    <Section title="活动记录">
      <div className={classes.form}>
        <p className={parts.text}>{record.happened}</p>
        {record.pictures.length > 0 && (
          <div className={classes.pictures}>
            {record.pictures.map(({ mediaId, altText }) => (
              <figure key={mediaId}>
                <a href={mediumOf(it.id, mediaId)} target="_blank" rel="noopener">
                  <img src={mediumOf(it.id, mediaId, 480)} alt={altText === '' ? '活动照片' : altText} loading="lazy" />
                </a>
                {altText !== '' && <figcaption>{altText}</figcaption>}
              </figure>
            ))}
          </div>
        )}
        {record.summary !== '' && (
          <div className={classes.part}>
            <h3>小结</h3>
            <p className={parts.text}>{record.summary}</p>
          </div>
        )}
        <p className={parts.note}>
          {record.headcount !== null && `${record.headcount} 人参加。`}
          {record.recordedBy}记录，
          <InstantText at={record.recordedAt} />。
          {record.isFiled && (record.hasChangedSince ? filedBefore(it.can.file) : '已归入本组织的电子档案。')}
        </p>
      </div>
    </Section>
  )
}

/** What is said of a record whose paper in the archive is an older one. */
const filedBefore = (mayFile: boolean): string =>
  `已归入本组织的电子档案，归档后有改动${mayFile ? '，请点“重新归档”' : ''}。`
