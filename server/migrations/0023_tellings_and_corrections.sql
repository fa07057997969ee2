ALTER TABLE "activities" ADD COLUMN "notice_id" uuid;--> statement-breakpoint
ALTER TABLE "activity_kits" ADD COLUMN "folded" text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE "activity_kits" SET "folded" = regexp_replace(regexp_replace(lower(normalize("title" || E'\n' || ("plan"->>'aim'), NFKC)), '(?<![0-9a-z])\s+|\s+(?![0-9a-z])', '', 'g'), '\s+', ' ', 'g');--> statement-breakpoint
ALTER TABLE "call_entries" ADD COLUMN "corrections" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "tell_until_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "activity_sign_ups_by_person" ON "activity_sign_ups" USING btree ("tenant_id","person_id","activity_id");