import { siteSearch } from './modules/publicity/site-search.ts'
import type { RowRule } from './platform/policies.ts'

/** Where row-level security differs from what the columns of a table say by themselves. */
export const rowRules: Readonly<Record<string, RowRule>> = {
  organizations: { reads: 'university' },
  offices: { reads: 'university' },
  terms: { reads: 'university' },
  persons: { person: 'id' },
  /** Whether a paper stands on a list is asked below the organisation whose list it is, too. */
  archive_disposals: { reads: 'university' },
  delegations: { accounts: ['helper_account_id', 'giver_account_id'] },
  handovers: { otherPath: 'to_path' },
  handover_files: { otherPath: 'to_path' },
  notices: { openTo: { table: 'notice_deliveries', column: 'notice_id' } },
  notice_deliveries: { isPrivate: true, accounts: ['sender_account_id'] },
  notice_dispatches: { isPrivate: true, accounts: ['sender_account_id'] },
  notice_posts: { isPrivate: true, accounts: ['sender_account_id'] },
  notice_preferences: { isPrivate: true },
  discussion_marks: { isPrivate: true },
  discussion_supports: { isPrivate: true },
  /** No column names a party: no account sees who has written under protection. */
  discussion_identities: { isPrivate: true },
  discussion_own_protected: { isPrivate: true },
  discussion_letters: { isPrivate: true },
  media_items: { accounts: ['uploader_account_id'] },
  articles: { accounts: ['author_account_id'] },
  activity_kits: { reads: 'university' },
  activity_sign_ups: { isPrivate: true },
  /** Whose work an entry is, who reviews it and what they say, and what is chosen, nobody reads by an office: what holds is asked first. */
  call_entries: { isPrivate: true },
  call_entry_members: { isPrivate: true },
  call_reviewers: { isPrivate: true },
  call_phases: { isPrivate: true },
  call_reviews: { isPrivate: true },
  call_voters: { isPrivate: true },
  call_vote_boxes: { isPrivate: true },
  /** How far somebody is in courseware is theirs: no office sees it. */
  courseware_progress: { isPrivate: true },
  /** Who takes an examination, what is arranged for them, what they answer and what came of it: whoever runs it is asked for first. */
  exam_candidates: { isPrivate: true },
  exam_arrangements: { isPrivate: true },
  exam_attempts: { isPrivate: true },
  exam_answers: { isPrivate: true },
  exam_imports: { isPrivate: true },
  exam_paper_results: { isPrivate: true },
  exam_confirmations: { isPrivate: true },
  /** A time stays readable to whoever has booked it, wherever they belong by now. */
  guidance_times: { openTo: { table: 'guidance_bookings', column: 'time_id' } },
  /** What two people talk about nobody reads by an office. */
  guidance_bookings: { isPrivate: true, alsoPerson: 'mentor_person_id' },
  guidance_records: { isPrivate: true, alsoPerson: 'mentor_person_id' },
  guidance_steps: { isPrivate: true, alsoPerson: 'mentor_person_id' },
  guidance_remarks: { isPrivate: true },
  exchange_participants: { otherPath: 'host_path' },
  /** Names, addresses and links of guests are read by no office: what whoever runs the meeting may see is asked first. */
  exchange_guests: { isPrivate: true },
  /** The library of practices, and who tries what, is open to everybody of the university. */
  exchange_cards: { reads: 'university' },
  exchange_card_versions: { reads: 'university' },
  exchange_adoptions: { reads: 'university' },
  exchange_reports: { reads: 'university' },
  /** Who is asked to lecture, how they are reached and what they answer no office reads by itself: who may see which is asked first. */
  experts: { isPrivate: true },
  expert_invitations: { isPrivate: true },
  expert_lectures: { isPrivate: true },
  /** Who takes part in a training, who was there and what they wrote of it nobody reads by an office: who runs it is asked first. */
  training_participants: { isPrivate: true },
  training_attendances: { isPrivate: true },
  training_requests: { isPrivate: true },
  /** What participants say of their own results, who assesses them and what they say, and what is decided: the same. */
  training_assessors: { isPrivate: true },
  training_rounds: { isPrivate: true },
  training_assessments: { isPrivate: true, person: 'assessor_id' },
  training_decisions: { isPrivate: true },
  training_filings: { isPrivate: true },
  /** What somebody writes of their learning is theirs; what is said in its margin, of whoever says it, too. Who assesses and who runs it is asked first. */
  training_reflections: { isPrivate: true },
  training_reflection_versions: { isPrivate: true },
  training_remarks: { isPrivate: true, alsoPerson: 'author_person_id' },
  training_quotations: { isPrivate: true },
  /** What somebody says of themselves as one who does the work nobody reads by an office: who keeps the record is asked first. */
  talent_records: { isPrivate: true },
  talent_person_skills: { isPrivate: true },
  talent_corrections: { isPrivate: true },
  talent_applications: { isPrivate: true },
  /** Who goes from an office and who comes read their own hand-over; who gives the office is asked first, for all of it. */
  talent_successions: { isPrivate: true, person: 'outgoing_person_id', alsoPerson: 'incoming_person_id' },
  talent_succession_entries: { isPrivate: true, person: 'writer_person_id' },
  talent_succession_kits: { isPrivate: true },
  talent_succession_signatures: { isPrivate: true, person: 'signer_person_id' },
  site_articles: { openWhen: 'is_open', searchedBy: [siteSearch] },
  site_media: { openWhen: 'is_open' },
  /** Two organisations must not number alike. */
  certificate_settings: { reads: 'university' },
  calendar_feeds: { isPrivate: true, accounts: ['account_id'] },
}
