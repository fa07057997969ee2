DROP INDEX "journal_by_transaction";--> statement-breakpoint
CREATE INDEX "journal_in_order" ON "journal" USING btree ("transaction","id");