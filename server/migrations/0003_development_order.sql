DROP INDEX "development_dues_by_latest";--> statement-breakpoint
DROP INDEX "development_standings_by_due";--> statement-breakpoint
CREATE INDEX "development_standings_by_name" ON "development_standings" USING btree ("tenant_id","pinyin","person_id");--> statement-breakpoint
CREATE INDEX "development_dues_by_latest" ON "development_dues" USING btree ("tenant_id",coalesce("latest_on", '9999-12-31'::date),"person_id","kind");--> statement-breakpoint
CREATE INDEX "development_standings_by_due" ON "development_standings" USING btree ("tenant_id",coalesce("next_latest_on", '9999-12-31'::date),"person_id");