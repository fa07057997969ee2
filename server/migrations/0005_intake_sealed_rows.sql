ALTER TABLE "import_rows" ADD COLUMN "edits" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "carried" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "undo_started_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "import_rows" DROP COLUMN "cells";