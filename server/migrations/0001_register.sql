DROP INDEX "persons_by_student_number";--> statement-breakpoint
ALTER TABLE "organizations" ALTER COLUMN "pinyin" SET DATA TYPE text collate "C";--> statement-breakpoint
ALTER TABLE "organizations" ALTER COLUMN "initials" SET DATA TYPE text collate "C";--> statement-breakpoint
ALTER TABLE "persons" ALTER COLUMN "name" SET DATA TYPE text collate "C";--> statement-breakpoint
ALTER TABLE "offices" ADD COLUMN "person_name" text NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "dissolution_reason" text;--> statement-breakpoint
ALTER TABLE "terms" ADD COLUMN "delayed_until" date;--> statement-breakpoint
ALTER TABLE "moves" ADD COLUMN "moved_by" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "name_from_2" text collate "C" GENERATED ALWAYS AS (nullif(substr(name, 2), '')) STORED;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "name_from_3" text collate "C" GENERATED ALWAYS AS (nullif(substr(name, 3), '')) STORED;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "name_from_4" text collate "C" GENERATED ALWAYS AS (nullif(substr(name, 4), '')) STORED;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "number_key" text collate "C" GENERATED ALWAYS AS (coalesce(student_number, '~')) STORED NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_name" ON "organizations" USING btree ("tenant_id","parent_id","name") WHERE dissolved_on is null;--> statement-breakpoint
CREATE INDEX "persons_by_name" ON "persons" USING btree ("tenant_id","name");--> statement-breakpoint
CREATE INDEX "persons_by_name_from_2" ON "persons" USING btree ("tenant_id","name_from_2");--> statement-breakpoint
CREATE INDEX "persons_by_name_from_3" ON "persons" USING btree ("tenant_id","name_from_3");--> statement-breakpoint
CREATE INDEX "persons_by_name_from_4" ON "persons" USING btree ("tenant_id","path","name_from_4") WHERE name_from_4 is not null;--> statement-breakpoint
CREATE INDEX "persons_by_number_key" ON "persons" USING btree ("tenant_id","number_key","id");--> statement-breakpoint
CREATE UNIQUE INDEX "persons_by_student_number" ON "persons" USING btree ("tenant_id","student_number") WHERE student_number is not null;