import type { Evaluation } from '@zhibu/server/modules/experts/invitation-schema'
import classes from './Experts.module.css'

/** What whoever invited says of a lecture: plain questions, answered in words. */
export function EvaluationView({ it, by }: { it: Evaluation; by: string }) {
  const answers = [
    { question: '切题吗', answer: it.fits },
    { question: '适合谁听', answer: it.suits },
    { question: '还想听什么', answer: it.more },
    { question: '谁写的', answer: by },
  ]
  return (
    <dl className={classes.said}>
      {answers
        .filter(({ answer }) => answer !== '')
        .map(({ question, answer }) => (
          <div key={question}>
            <dt>{question}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
    </dl>
  )
}
