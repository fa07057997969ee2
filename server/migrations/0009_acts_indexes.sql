ALTER TABLE "development_acts" DROP CONSTRAINT "development_acts_corrected_once";--> statement-breakpoint
DROP INDEX "development_acts_by_import";--> statement-breakpoint
CREATE UNIQUE INDEX "development_acts_corrected_once" ON "development_acts" USING btree ("tenant_id","corrects") WHERE corrects is not null;--> statement-breakpoint
CREATE INDEX "development_acts_by_import" ON "development_acts" USING btree ("tenant_id","import_id") WHERE import_id is not null;