CREATE TABLE "import_slices" (
	"tenant_id" text NOT NULL,
	"import_id" uuid NOT NULL,
	"first_row" integer NOT NULL,
	"last_row" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "import_slices_tenant_id_import_id_first_row_pk" PRIMARY KEY("tenant_id","import_id","first_row")
);
--> statement-breakpoint
ALTER TABLE "import_rows" DROP COLUMN "sealed";--> statement-breakpoint
ALTER TABLE "imports" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "imports" SET "previewed_at" = NULL, "failure" = '程序升级后需要重新读取这份文件。' WHERE "previewed_at" IS NOT NULL AND "committed_at" IS NULL AND "discarded_at" IS NULL;--> statement-breakpoint
ALTER TABLE "imports" FORCE ROW LEVEL SECURITY;
