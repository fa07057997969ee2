CREATE TABLE "import_file_parts" (
	"tenant_id" text NOT NULL,
	"import_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "import_file_parts_tenant_id_import_id_part_pk" PRIMARY KEY("tenant_id","import_id","part")
);
--> statement-breakpoint
ALTER TABLE "imports" ALTER COLUMN "layout" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "branch" text;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "organization_id" uuid;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "sealed" text;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "decided" text;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "matched_id" uuid;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "revision" integer;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "error_count" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "note_count" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "doubt" text;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "candidates" jsonb;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "problems" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "findings" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "field_changes" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "act_changes" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "undo" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "sheets" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "branches" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "created_by_name" text NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "commit_started_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "written" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "discarded_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "imports_by_path" ON "imports" USING btree ("tenant_id","path","id");--> statement-breakpoint
ALTER TABLE "import_rows" DROP COLUMN "problem_count";--> statement-breakpoint
ALTER TABLE "import_rows" DROP COLUMN "person_id" CASCADE;--> statement-breakpoint
ALTER TABLE "import_rows" DROP COLUMN "proposal";--> statement-breakpoint
ALTER TABLE "imports" DROP COLUMN "summary";