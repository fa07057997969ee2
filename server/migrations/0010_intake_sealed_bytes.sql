TRUNCATE "import_file_parts", "import_slices";--> statement-breakpoint
ALTER TABLE "import_file_parts" ALTER COLUMN "sealed" SET DATA TYPE bytea USING convert_to("sealed", 'UTF8');--> statement-breakpoint
ALTER TABLE "import_slices" ALTER COLUMN "sealed" SET DATA TYPE bytea USING convert_to("sealed", 'UTF8');--> statement-breakpoint
ALTER TABLE "import_file_parts" ALTER COLUMN "sealed" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "import_slices" ALTER COLUMN "sealed" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "imports" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "imports" SET "previewed_at" = NULL, "failure" = '程序升级后需要重新上传这份文件。' WHERE "committed_at" IS NULL AND "discarded_at" IS NULL;--> statement-breakpoint
ALTER TABLE "imports" FORCE ROW LEVEL SECURITY;
