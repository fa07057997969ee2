CREATE TABLE "archive_examinations" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"seal_id" uuid NOT NULL,
	"person_id" uuid,
	"path" text collate "C" NOT NULL,
	"report" jsonb NOT NULL,
	"examined_by_name" text NOT NULL,
	"examined_at" timestamp with time zone NOT NULL,
	CONSTRAINT "archive_examinations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "archive_held_contents" (
	"tenant_id" text NOT NULL,
	"content_id" text NOT NULL,
	"held_by" uuid NOT NULL,
	CONSTRAINT "archive_held_contents_tenant_id_held_by_content_id_pk" PRIMARY KEY("tenant_id","held_by","content_id")
);
--> statement-breakpoint
CREATE TABLE "archive_receptions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"number" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"sender" text NOT NULL,
	"sealed_by_name" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	"metadata" text NOT NULL,
	"sha256" text NOT NULL,
	"tag_manifest_sha256" text NOT NULL,
	"package_sha256" text NOT NULL,
	"items" jsonb NOT NULL,
	"facts" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"receipt" text NOT NULL,
	"accepted_by" uuid NOT NULL,
	"accepted_by_name" text NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "archive_receptions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "development_fact_decisions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"document_id" uuid NOT NULL,
	"content_id" text NOT NULL,
	"fact" text NOT NULL,
	"value_hash" text NOT NULL,
	"reason" text,
	"left_by" uuid NOT NULL,
	"left_by_name" text NOT NULL,
	"left_at" timestamp with time zone DEFAULT now() NOT NULL,
	"taken_back_by" uuid,
	"taken_back_at" timestamp with time zone,
	CONSTRAINT "development_fact_decisions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "development_paper_remarks" (
	"tenant_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"place" text NOT NULL,
	"state" text NOT NULL,
	"path" text collate "C" NOT NULL,
	"pinyin" text collate "C" NOT NULL,
	CONSTRAINT "development_paper_remarks_tenant_id_person_id_place_state_pk" PRIMARY KEY("tenant_id","person_id","place","state")
);
--> statement-breakpoint
CREATE TABLE "digitization_files" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"stack_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"position" integer NOT NULL,
	"content_id" text NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"page_count" integer NOT NULL,
	"origin" text,
	CONSTRAINT "digitization_files_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "digitization_pages" (
	"tenant_id" text NOT NULL,
	"stack_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"file_id" uuid NOT NULL,
	"content_id" text NOT NULL,
	"page" integer NOT NULL,
	"codes" text[] DEFAULT '{}' NOT NULL,
	"is_blank" boolean DEFAULT false NOT NULL,
	"turned_by" integer DEFAULT 0 NOT NULL,
	"read_at" timestamp with time zone,
	"failure" text,
	CONSTRAINT "digitization_pages_tenant_id_stack_id_number_pk" PRIMARY KEY("tenant_id","stack_id","number")
);
--> statement-breakpoint
CREATE TABLE "digitization_parts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"stack_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"position" integer NOT NULL,
	"pages" integer[] NOT NULL,
	"left_out" integer[] NOT NULL,
	"owner_person_id" uuid,
	"owner_organization_id" uuid,
	"place" text,
	"title" text,
	"on" date,
	"nature" text NOT NULL,
	"basis" text,
	"words" jsonb NOT NULL,
	"candidate_ids" uuid[] DEFAULT '{}' NOT NULL,
	"state" text DEFAULT 'proposed' NOT NULL,
	"document_id" uuid,
	"filed_by_name" text,
	"filed_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "digitization_parts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "digitization_stacks" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"source" text NOT NULL,
	"begun_by" uuid,
	"begun_by_name" text NOT NULL,
	"begun_at" timestamp with time zone DEFAULT now() NOT NULL,
	"added_at" timestamp with time zone,
	"read_at" timestamp with time zone,
	"missing" text,
	"split_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"cleared_at" timestamp with time zone,
	CONSTRAINT "digitization_stacks_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "form_filings" (
	"tenant_id" text NOT NULL,
	"document_id" uuid NOT NULL,
	"person_id" uuid,
	"path" text collate "C" NOT NULL,
	"form_id" text NOT NULL,
	"version" integer,
	"values_sha256" text NOT NULL,
	"after_seal" text,
	"filed_by" uuid NOT NULL,
	"filed_by_name" text NOT NULL,
	"filed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "form_filings_tenant_id_document_id_pk" PRIMARY KEY("tenant_id","document_id")
);
--> statement-breakpoint
CREATE TABLE "handover_files" (
	"tenant_id" text NOT NULL,
	"handover_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"to_path" text collate "C",
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"student_number" text,
	"file" jsonb NOT NULL,
	"exceptions" jsonb NOT NULL,
	"from_organization_id" uuid NOT NULL,
	"to_organization_id" uuid,
	"outside_unit" text,
	"number" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"closed_at" timestamp with time zone,
	CONSTRAINT "handover_files_tenant_id_handover_id_person_id_pk" PRIMARY KEY("tenant_id","handover_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "handovers" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"from_organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"to_organization_id" uuid,
	"to_path" text collate "C",
	"outside_unit" text,
	"kind" text NOT NULL,
	"note" text,
	"with_papers" boolean NOT NULL,
	"year" integer NOT NULL,
	"serial" integer NOT NULL,
	"sent_by" uuid NOT NULL,
	"sent_by_name" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"closing_note" text,
	"closed_by" uuid,
	"closed_by_name" text,
	"closed_at" timestamp with time zone,
	"received_on" date,
	"receipt_signed_by" text,
	"receipt_document_id" uuid,
	CONSTRAINT "handovers_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "archive_documents" ADD COLUMN "lacks" text[];--> statement-breakpoint
ALTER TABLE "archive_page_texts" ADD COLUMN "turned_by" integer;--> statement-breakpoint
ALTER TABLE "archive_page_texts" ADD COLUMN "skewed_by" real;--> statement-breakpoint
ALTER TABLE "filing_adjustments" ADD COLUMN "reason" text NOT NULL;--> statement-breakpoint
ALTER TABLE "filing_adjustments" ADD COLUMN "set_by_name" text NOT NULL;--> statement-breakpoint
ALTER TABLE "form_templates" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "form_templates" ADD COLUMN "needs_hand" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "archive_examinations_by_seal" ON "archive_examinations" USING btree ("tenant_id","seal_id","examined_at");--> statement-breakpoint
CREATE INDEX "archive_held_contents_by_content" ON "archive_held_contents" USING btree ("content_id");--> statement-breakpoint
CREATE UNIQUE INDEX "archive_receptions_once" ON "archive_receptions" USING btree ("tenant_id","person_id","sha256");--> statement-breakpoint
CREATE INDEX "archive_receptions_by_path" ON "archive_receptions" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE UNIQUE INDEX "development_fact_decisions_once" ON "development_fact_decisions" USING btree ("tenant_id","person_id","content_id","fact","value_hash") WHERE taken_back_at is null;--> statement-breakpoint
CREATE INDEX "development_paper_remarks_by_path" ON "development_paper_remarks" USING btree ("tenant_id","path","pinyin","person_id","place","state");--> statement-breakpoint
CREATE UNIQUE INDEX "digitization_files_in_order" ON "digitization_files" USING btree ("tenant_id","stack_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "digitization_files_taken_once" ON "digitization_files" USING btree ("tenant_id","origin") WHERE origin is not null;--> statement-breakpoint
CREATE INDEX "digitization_parts_by_stack" ON "digitization_parts" USING btree ("tenant_id","stack_id","position");--> statement-breakpoint
CREATE INDEX "digitization_stacks_by_path" ON "digitization_stacks" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE INDEX "form_filings_by_form" ON "form_filings" USING btree ("tenant_id","form_id","version");--> statement-breakpoint
CREATE INDEX "form_filings_by_person" ON "form_filings" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "handover_files_by_person" ON "handover_files" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "handover_files_one_under_way" ON "handover_files" USING btree ("tenant_id","person_id") WHERE closed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "handovers_by_number" ON "handovers" USING btree ("tenant_id","from_organization_id","year","serial");--> statement-breakpoint
CREATE INDEX "handovers_by_path" ON "handovers" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE INDEX "handovers_by_to_path" ON "handovers" USING btree ("tenant_id","to_path","id");