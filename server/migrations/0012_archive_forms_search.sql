CREATE TABLE "search_entries" (
	"tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"id" uuid NOT NULL,
	"page" integer NOT NULL,
	"piece" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid,
	"code" text NOT NULL,
	"is_closed_to_person" boolean NOT NULL,
	"dated_on" date NOT NULL,
	"title" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"folded" text NOT NULL,
	"words" integer[] NOT NULL,
	CONSTRAINT "search_entries_tenant_id_kind_id_page_piece_pk" PRIMARY KEY("tenant_id","kind","id","page","piece")
);
--> statement-breakpoint
CREATE TABLE "archive_content_checks" (
	"tenant_id" text NOT NULL,
	"content_id" text NOT NULL,
	"result" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "archive_content_checks_tenant_id_content_id_pk" PRIMARY KEY("tenant_id","content_id")
);
--> statement-breakpoint
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
CREATE TABLE "archive_number_patterns" (
	"tenant_id" text NOT NULL,
	"from_at" timestamp with time zone DEFAULT now() NOT NULL,
	"pattern" text NOT NULL,
	"set_by" uuid NOT NULL,
	CONSTRAINT "archive_number_patterns_tenant_id_from_at_pk" PRIMARY KEY("tenant_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "archive_numbers" (
	"tenant_id" text NOT NULL,
	"keeper_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "archive_numbers_tenant_id_keeper_id_year_pk" PRIMARY KEY("tenant_id","keeper_id","year")
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
CREATE TABLE "archive_seals" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"number" text NOT NULL,
	"version" integer NOT NULL,
	"metadata" text NOT NULL,
	"sha256" text NOT NULL,
	"previous" text,
	"reason" text,
	"item_count" integer NOT NULL,
	"page_count" integer NOT NULL,
	"fact_count" integer NOT NULL,
	"report" jsonb NOT NULL,
	"sealed_by" uuid NOT NULL,
	"sealed_by_name" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "archive_seals_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
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
CREATE TABLE "form_reports" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"sheet" text NOT NULL,
	"on" date NOT NULL,
	"values" jsonb NOT NULL,
	"reported_by" uuid NOT NULL,
	"reported_by_name" text NOT NULL,
	"reported_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "form_reports_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "form_template_versions" (
	"tenant_id" text NOT NULL,
	"template_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"file_name" text NOT NULL,
	"content" "bytea" NOT NULL,
	"size" integer NOT NULL,
	"fields" jsonb NOT NULL,
	"bindings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"uploaded_by" uuid NOT NULL,
	"uploaded_by_name" text NOT NULL,
	"uploaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "form_template_versions_tenant_id_template_id_number_pk" PRIMARY KEY("tenant_id","template_id","number")
);
--> statement-breakpoint
CREATE TABLE "form_templates" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"title" text NOT NULL,
	"scope" text NOT NULL,
	"step" integer,
	"is_retired" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "form_templates_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "search_progress" (
	"tenant_id" text NOT NULL,
	"follower" text NOT NULL,
	"transaction" "xid8",
	"journal_id" uuid,
	CONSTRAINT "search_progress_tenant_id_follower_pk" PRIMARY KEY("tenant_id","follower")
);
--> statement-breakpoint
CREATE INDEX "search_entries_in_order" ON "search_entries" USING btree ("tenant_id","dated_on","id");--> statement-breakpoint
CREATE INDEX "search_entries_by_person" ON "search_entries" USING btree ("tenant_id","person_id","kind");--> statement-breakpoint
CREATE INDEX "search_entries_by_words" ON "search_entries" USING gin ("words",search_marks(path, kind, person_id, dated_on)) WITH (gin_pending_list_limit=256);--> statement-breakpoint
CREATE INDEX "archive_content_checks_by_time" ON "archive_content_checks" USING btree ("tenant_id","checked_at");--> statement-breakpoint
CREATE INDEX "archive_content_checks_wrong" ON "archive_content_checks" USING btree ("tenant_id","content_id") WHERE result <> 'sound';--> statement-breakpoint
CREATE INDEX "archive_disposal_documents_by_document" ON "archive_disposal_documents" USING btree ("tenant_id","document_id");--> statement-breakpoint
CREATE INDEX "archive_disposals_by_path" ON "archive_disposals" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE INDEX "archive_documents_by_person" ON "archive_documents" USING btree ("tenant_id","person_id") WHERE person_id is not null;--> statement-breakpoint
CREATE INDEX "archive_documents_by_organization" ON "archive_documents" USING btree ("tenant_id","organization_id") WHERE person_id is null;--> statement-breakpoint
CREATE INDEX "archive_documents_by_content" ON "archive_documents" USING btree ("content_id");--> statement-breakpoint
CREATE INDEX "archive_documents_by_path" ON "archive_documents" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE UNIQUE INDEX "archive_documents_superseded_once" ON "archive_documents" USING btree ("tenant_id","supersedes") WHERE supersedes is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "archive_seals_by_number" ON "archive_seals" USING btree ("tenant_id","number","version");--> statement-breakpoint
CREATE UNIQUE INDEX "archive_seals_by_person" ON "archive_seals" USING btree ("tenant_id","person_id","version") WHERE person_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "archive_seals_by_organization" ON "archive_seals" USING btree ("tenant_id","organization_id","version") WHERE person_id is null;--> statement-breakpoint
CREATE INDEX "archive_seals_by_path" ON "archive_seals" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE INDEX "archive_uploads_by_account" ON "archive_uploads" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE INDEX "form_reports_by_person" ON "form_reports" USING btree ("tenant_id","person_id","sheet","id");