CREATE TABLE "journal" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"account_id" uuid,
	"actor_name" text NOT NULL,
	"event" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"org_path" text collate "C",
	"person_id" uuid,
	"details" jsonb NOT NULL,
	"request_id" text NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "journal_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "journal_sealed_rows" (
	"tenant_id" text NOT NULL,
	"journal_id" uuid NOT NULL,
	"seal_number" integer NOT NULL,
	"row_hash" text NOT NULL,
	CONSTRAINT "journal_sealed_rows_tenant_id_journal_id_pk" PRIMARY KEY("tenant_id","journal_id")
);
--> statement-breakpoint
CREATE TABLE "journal_seals" (
	"tenant_id" text NOT NULL,
	"number" integer NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"row_count" integer NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	"horizon" "xid8",
	CONSTRAINT "journal_seals_tenant_id_number_pk" PRIMARY KEY("tenant_id","number")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"person_id" uuid,
	"name" text NOT NULL,
	"administrator" text,
	"is_locked" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "accounts_user" UNIQUE("tenant_id","user_id"),
	CONSTRAINT "accounts_person" UNIQUE("tenant_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "delegation_persons" (
	"tenant_id" text NOT NULL,
	"delegation_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"helper_account_id" uuid NOT NULL,
	"until_on" date NOT NULL,
	CONSTRAINT "delegation_persons_tenant_id_delegation_id_person_id_pk" PRIMARY KEY("tenant_id","delegation_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"giver_account_id" uuid NOT NULL,
	"helper_account_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"fields" jsonb NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"ended_on" date,
	CONSTRAINT "delegations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "development_acts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"on" date,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"corrects" uuid,
	"is_struck_out" boolean DEFAULT false NOT NULL,
	"correction_reason" text,
	"acknowledged" jsonb,
	"import_id" uuid,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "development_acts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "development_acts_corrected_once" UNIQUE("tenant_id","corrects")
);
--> statement-breakpoint
CREATE TABLE "development_batch_runs" (
	"tenant_id" text NOT NULL,
	"batch_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"ran_on" date NOT NULL,
	"ran_by" uuid NOT NULL,
	"entries" jsonb NOT NULL,
	CONSTRAINT "development_batch_runs_tenant_id_batch_id_number_pk" PRIMARY KEY("tenant_id","batch_id","number")
);
--> statement-breakpoint
CREATE TABLE "development_batches" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "development_batches_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "development_dues" (
	"tenant_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"path" text collate "C" NOT NULL,
	"step" integer NOT NULL,
	"earliest_on" date,
	"latest_on" date,
	"waiting_on" text NOT NULL,
	CONSTRAINT "development_dues_tenant_id_person_id_kind_pk" PRIMARY KEY("tenant_id","person_id","kind")
);
--> statement-breakpoint
CREATE TABLE "development_plans" (
	"tenant_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"constraints" jsonb NOT NULL,
	"planned_by" uuid NOT NULL,
	"planned_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "development_plans_tenant_id_person_id_pk" PRIMARY KEY("tenant_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "development_standings" (
	"tenant_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"pinyin" text collate "C" NOT NULL,
	"stage" text,
	"next_kind" text,
	"next_earliest_on" date,
	"next_latest_on" date,
	"error_count" integer NOT NULL,
	"warning_count" integer NOT NULL,
	"restated_on" date NOT NULL,
	CONSTRAINT "development_standings_tenant_id_person_id_pk" PRIMARY KEY("tenant_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "local_practices" (
	"tenant_id" text NOT NULL,
	"from_at" timestamp with time zone DEFAULT now() NOT NULL,
	"practice" jsonb NOT NULL,
	"set_by" uuid NOT NULL,
	CONSTRAINT "local_practices_tenant_id_from_at_pk" PRIMARY KEY("tenant_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "working_years" (
	"tenant_id" text NOT NULL,
	"year" integer NOT NULL,
	"holidays" jsonb NOT NULL,
	"make_up_days" jsonb NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "working_years_tenant_id_year_pk" PRIMARY KEY("tenant_id","year")
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"tenant_id" text NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"cells" jsonb NOT NULL,
	"effect" text NOT NULL,
	"problem_count" integer NOT NULL,
	"person_id" uuid,
	"proposal" jsonb NOT NULL,
	CONSTRAINT "import_rows_tenant_id_import_id_row_pk" PRIMARY KEY("tenant_id","import_id","row")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"organization_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"file_bytes" bigint NOT NULL,
	"layout" jsonb NOT NULL,
	"summary" jsonb,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"rows_total" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"previewed_at" timestamp with time zone,
	"committed_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	CONSTRAINT "imports_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "remembered_layouts" (
	"tenant_id" text NOT NULL,
	"fingerprint" text NOT NULL,
	"columns" jsonb NOT NULL,
	"remembered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "remembered_layouts_tenant_id_fingerprint_pk" PRIMARY KEY("tenant_id","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "offices" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"office" text NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date,
	"document_number" text,
	"end_reason" text,
	CONSTRAINT "offices_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"parent_id" uuid,
	"path" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"branch_type" text,
	"name" text NOT NULL,
	"short_name" text,
	"pinyin" text NOT NULL,
	"initials" text NOT NULL,
	"code" text,
	"established_on" date,
	"dissolved_on" date,
	"can_approve_probationary" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "organizations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "organizations_path" UNIQUE("tenant_id","path")
);
--> statement-breakpoint
CREATE TABLE "terms" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"document_number" text,
	CONSTRAINT "terms_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "terms_by_organization" UNIQUE("tenant_id","organization_id","from_on")
);
--> statement-breakpoint
CREATE TABLE "universities" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "moves" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"from_organization_id" uuid NOT NULL,
	"to_organization_id" uuid NOT NULL,
	"on" date NOT NULL,
	"reason" text,
	CONSTRAINT "moves_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"pinyin" text collate "C" NOT NULL,
	"initials" text collate "C" NOT NULL,
	"kind" text,
	"student_number" text collate "C",
	"sex" text,
	"ethnicity" text,
	"born_on" text,
	"native_place" text,
	"id_number_sealed" text,
	"id_number_hash" text,
	"id_number_mask" text,
	"id_number_born_on" date,
	"phone_sealed" text,
	"phone_mask" text,
	"education" text,
	"degree" text,
	"department" text,
	"major" text,
	"grade" text,
	"class_name" text,
	"enrolled_on" text,
	"leaves_on" date,
	"is_mobile" boolean DEFAULT false NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"import_id" uuid,
	CONSTRAINT "persons_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "journal_by_person" ON "journal" USING btree ("tenant_id","person_id","id");--> statement-breakpoint
CREATE INDEX "journal_by_subject" ON "journal" USING btree ("tenant_id","subject_id","id");--> statement-breakpoint
CREATE INDEX "journal_by_transaction" ON "journal" USING btree ("transaction");--> statement-breakpoint
CREATE INDEX "journal_sealed_rows_by_seal" ON "journal_sealed_rows" USING btree ("tenant_id","seal_number","journal_id");--> statement-breakpoint
CREATE INDEX "journal_seals_by_horizon" ON "journal_seals" USING btree ("horizon");--> statement-breakpoint
CREATE INDEX "delegation_persons_by_person" ON "delegation_persons" USING btree ("tenant_id","person_id","helper_account_id");--> statement-breakpoint
CREATE INDEX "delegations_by_helper" ON "delegations" USING btree ("tenant_id","helper_account_id","until_on");--> statement-breakpoint
CREATE INDEX "development_acts_by_person" ON "development_acts" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "development_acts_by_import" ON "development_acts" USING btree ("tenant_id","import_id");--> statement-breakpoint
CREATE INDEX "development_dues_by_latest" ON "development_dues" USING btree ("tenant_id","latest_on","person_id");--> statement-breakpoint
CREATE INDEX "development_dues_by_path" ON "development_dues" USING btree ("tenant_id","path","latest_on");--> statement-breakpoint
CREATE INDEX "development_standings_by_path" ON "development_standings" USING btree ("tenant_id","path","pinyin");--> statement-breakpoint
CREATE INDEX "development_standings_by_due" ON "development_standings" USING btree ("tenant_id","next_latest_on");--> statement-breakpoint
CREATE INDEX "import_rows_by_effect" ON "import_rows" USING btree ("tenant_id","import_id","effect","row");--> statement-breakpoint
CREATE INDEX "offices_by_organization" ON "offices" USING btree ("tenant_id","organization_id");--> statement-breakpoint
CREATE INDEX "offices_by_person" ON "offices" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "moves_by_person" ON "moves" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "persons_by_path" ON "persons" USING btree ("tenant_id","path","pinyin","id");--> statement-breakpoint
CREATE INDEX "persons_by_pinyin" ON "persons" USING btree ("tenant_id","pinyin","id");--> statement-breakpoint
CREATE INDEX "persons_by_initials" ON "persons" USING btree ("tenant_id","initials");--> statement-breakpoint
CREATE INDEX "persons_by_student_number" ON "persons" USING btree ("tenant_id","student_number");--> statement-breakpoint
CREATE UNIQUE INDEX "persons_by_id_number" ON "persons" USING btree ("tenant_id","id_number_hash") WHERE id_number_hash is not null;--> statement-breakpoint
CREATE INDEX "persons_by_import" ON "persons" USING btree ("tenant_id","import_id") WHERE import_id is not null;