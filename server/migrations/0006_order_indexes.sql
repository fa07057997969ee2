DROP INDEX "development_dues_by_path";--> statement-breakpoint
DROP INDEX "development_standings_by_path";--> statement-breakpoint
CREATE INDEX "development_dues_by_path" ON "development_dues" USING btree ("tenant_id","path","person_id","kind","latest_on");--> statement-breakpoint
CREATE INDEX "development_standings_by_path" ON "development_standings" USING btree ("tenant_id","path","person_id","next_latest_on");