ALTER TABLE "expert_invitations" ADD COLUMN "told_lecture" jsonb;--> statement-breakpoint
ALTER TABLE "talent_records" DROP COLUMN "availability_note";--> statement-breakpoint
ALTER TABLE "talent_records" ADD COLUMN "availability_note_sealed" text;