CREATE TABLE "courseware" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"published_at" timestamp with time zone,
	"published_by" text,
	CONSTRAINT "courseware_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "courseware_package_files" (
	"tenant_id" text NOT NULL,
	"package_id" uuid NOT NULL,
	"name" text NOT NULL,
	"content_id" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	CONSTRAINT "courseware_package_files_tenant_id_package_id_name_pk" PRIMARY KEY("tenant_id","package_id","name")
);
--> statement-breakpoint
CREATE TABLE "courseware_packages" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"standard" text NOT NULL,
	"title" text NOT NULL,
	"scos" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "courseware_packages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "courseware_progress" (
	"tenant_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"courseware_id" uuid NOT NULL,
	"is_finished" boolean DEFAULT false NOT NULL,
	"at_seconds" integer DEFAULT 0 NOT NULL,
	"state" text,
	CONSTRAINT "courseware_progress_tenant_id_person_id_unit_id_pk" PRIMARY KEY("tenant_id","person_id","unit_id")
);
--> statement-breakpoint
CREATE TABLE "courseware_units" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"courseware_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"body" jsonb,
	"media_id" uuid,
	"chapters" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"package_id" uuid,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "courseware_units_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "courseware_uploads" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "courseware_uploads_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "courseware_by_path" ON "courseware" USING btree ("tenant_id","path");--> statement-breakpoint
CREATE INDEX "courseware_progress_by_unit" ON "courseware_progress" USING btree ("tenant_id","unit_id");--> statement-breakpoint
CREATE INDEX "courseware_units_in_order" ON "courseware_units" USING btree ("tenant_id","courseware_id","seq");--> statement-breakpoint
CREATE INDEX "courseware_units_by_package" ON "courseware_units" USING btree ("tenant_id","package_id");--> statement-breakpoint
CREATE INDEX "courseware_uploads_by_account" ON "courseware_uploads" USING btree ("tenant_id","account_id");