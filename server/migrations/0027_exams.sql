CREATE TABLE "exam_answers" (
	"tenant_id" text NOT NULL,
	"attempt_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"answer" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	CONSTRAINT "exam_answers_tenant_id_attempt_id_question_id_pk" PRIMARY KEY("tenant_id","attempt_id","question_id")
);
--> statement-breakpoint
CREATE TABLE "exam_arrangements" (
	"tenant_id" text NOT NULL,
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"more_minutes" integer,
	"opens_at" timestamp with time zone,
	"closes_at" timestamp with time zone,
	"is_on_paper" boolean NOT NULL,
	"reason_sealed" text NOT NULL,
	"arranged_at" timestamp with time zone DEFAULT now() NOT NULL,
	"arranged_by" text NOT NULL,
	CONSTRAINT "exam_arrangements_tenant_id_exam_id_person_id_pk" PRIMARY KEY("tenant_id","exam_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "exam_attempts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"paper" jsonb NOT NULL,
	"total" integer NOT NULL,
	"seat" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"handed_in_at" timestamp with time zone,
	"handed_in_by" text,
	"earned" integer,
	CONSTRAINT "exam_attempts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exam_banks" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "exam_banks_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exam_candidates" (
	"tenant_id" text NOT NULL,
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	"added_by" text NOT NULL,
	CONSTRAINT "exam_candidates_tenant_id_exam_id_person_id_pk" PRIMARY KEY("tenant_id","exam_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "exam_confirmations" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"earned" integer NOT NULL,
	"total" integer NOT NULL,
	"is_passed" boolean NOT NULL,
	"sat_on" date NOT NULL,
	"confirmed_at" timestamp with time zone NOT NULL,
	"confirmed_by" text NOT NULL,
	"taken_back_at" timestamp with time zone,
	"taken_back_by" text,
	"taken_back_reason" text,
	CONSTRAINT "exam_confirmations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exam_imports" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"exam_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"sat_on" date NOT NULL,
	"count" integer NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL,
	"imported_by" text NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" text,
	CONSTRAINT "exam_imports_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exam_paper_results" (
	"tenant_id" text NOT NULL,
	"import_id" uuid NOT NULL,
	"exam_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"earned" integer NOT NULL,
	"total" integer NOT NULL,
	"sat_on" date NOT NULL,
	CONSTRAINT "exam_paper_results_tenant_id_import_id_person_id_pk" PRIMARY KEY("tenant_id","import_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "exam_questions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"bank_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"seq" integer NOT NULL,
	"topic" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"options" jsonb NOT NULL,
	"accepted" jsonb NOT NULL,
	"explanation" text NOT NULL,
	"source" text NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"written_by" text NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "exam_questions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exams" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"form" text NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"minutes" integer,
	"attempts" integer NOT NULL,
	"pass_at" integer NOT NULL,
	"explains" text NOT NULL,
	"paper" jsonb NOT NULL,
	"print" jsonb,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"published_at" timestamp with time zone,
	"published_by" text,
	CONSTRAINT "exams_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "exam_attempts_by_number" ON "exam_attempts" USING btree ("tenant_id","exam_id","person_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_attempts_open" ON "exam_attempts" USING btree ("tenant_id","exam_id","person_id") WHERE handed_in_at is null;--> statement-breakpoint
CREATE INDEX "exam_attempts_overdue" ON "exam_attempts" USING btree ("tenant_id","ends_at") WHERE handed_in_at is null;--> statement-breakpoint
CREATE INDEX "exam_attempts_by_person" ON "exam_attempts" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE INDEX "exam_banks_by_path" ON "exam_banks" USING btree ("tenant_id","path");--> statement-breakpoint
CREATE INDEX "exam_candidates_by_person" ON "exam_candidates" USING btree ("tenant_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_confirmations_in_force" ON "exam_confirmations" USING btree ("tenant_id","exam_id","person_id") WHERE taken_back_at is null;--> statement-breakpoint
CREATE INDEX "exam_imports_by_exam" ON "exam_imports" USING btree ("tenant_id","exam_id");--> statement-breakpoint
CREATE INDEX "exam_paper_results_by_exam" ON "exam_paper_results" USING btree ("tenant_id","exam_id","person_id");--> statement-breakpoint
CREATE INDEX "exam_questions_in_order" ON "exam_questions" USING btree ("tenant_id","bank_id","seq") WHERE retired_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "exam_questions_in_force" ON "exam_questions" USING btree ("tenant_id","line_id") WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "exams_by_path" ON "exams" USING btree ("tenant_id","path","opens_at");