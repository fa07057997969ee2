CREATE TABLE "archive_contents" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"media_type" text NOT NULL,
	"extension" text NOT NULL,
	"kind" text NOT NULL,
	"page_count" integer,
	"is_scanned" boolean NOT NULL,
	"stored_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "archive_contents_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "archive_disposal_documents" (
	"tenant_id" text NOT NULL,
	"disposal_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"destroyed_on" date,
	CONSTRAINT "archive_disposal_documents_tenant_id_disposal_id_document_id_pk" PRIMARY KEY("tenant_id","disposal_id","document_id")
);
--> statement-breakpoint
CREATE TABLE "archive_disposals" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_by_name" text NOT NULL,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" text,
	"decision_reason" text,
	"decided_by" uuid,
	"decided_by_name" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "archive_disposals_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "archive_documents" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"place" text NOT NULL,
	"title" text NOT NULL,
	"on" date,
	"nature" text NOT NULL,
	"content_id" text NOT NULL,
	"file_name" text NOT NULL,
	"supersedes" uuid,
	"reason" text,
	"is_withdrawal" boolean DEFAULT false NOT NULL,
	"filed_by" uuid NOT NULL,
	"filed_by_name" text NOT NULL,
	"filed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "archive_documents_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "archive_page_texts" (
	"tenant_id" text NOT NULL,
	"content_id" text NOT NULL,
	"page" integer NOT NULL,
	"source" text NOT NULL,
	"lines" "bytea" NOT NULL,
	"failure" text,
	"read_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "archive_page_texts_tenant_id_content_id_page_pk" PRIMARY KEY("tenant_id","content_id","page")
);
--> statement-breakpoint
CREATE TABLE "archive_uploads" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "archive_uploads_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "filing_adjustments" (
	"tenant_id" text NOT NULL,
	"from_at" timestamp with time zone DEFAULT now() NOT NULL,
	"adjustment" jsonb NOT NULL,
	"set_by" uuid NOT NULL,
	CONSTRAINT "filing_adjustments_tenant_id_from_at_pk" PRIMARY KEY("tenant_id","from_at")
);
--> statement-breakpoint
CREATE INDEX "archive_disposal_documents_by_document" ON "archive_disposal_documents" USING btree ("tenant_id","document_id");--> statement-breakpoint
CREATE INDEX "archive_disposals_by_path" ON "archive_disposals" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE INDEX "archive_documents_by_person" ON "archive_documents" USING btree ("tenant_id","person_id") WHERE person_id is not null;--> statement-breakpoint
CREATE INDEX "archive_documents_by_organization" ON "archive_documents" USING btree ("tenant_id","organization_id") WHERE person_id is null;--> statement-breakpoint
CREATE INDEX "archive_documents_by_content" ON "archive_documents" USING btree ("content_id");--> statement-breakpoint
CREATE INDEX "archive_documents_by_path" ON "archive_documents" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE UNIQUE INDEX "archive_documents_superseded_once" ON "archive_documents" USING btree ("tenant_id","supersedes") WHERE supersedes is not null;--> statement-breakpoint
CREATE INDEX "archive_uploads_by_account" ON "archive_uploads" USING btree ("tenant_id","account_id");