CREATE TABLE "training_assessments" (
	"tenant_id" text NOT NULL,
	"round_id" uuid NOT NULL,
	"assessor_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"seat" integer NOT NULL,
	"levels" jsonb NOT NULL,
	"words" text NOT NULL,
	"is_signed" boolean NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "training_assessments_tenant_id_round_id_assessor_id_pk" PRIMARY KEY("tenant_id","round_id","assessor_id")
);
--> statement-breakpoint
CREATE TABLE "training_assessors" (
	"tenant_id" text NOT NULL,
	"programme_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"appointed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"appointed_by" text NOT NULL,
	CONSTRAINT "training_assessors_tenant_id_programme_id_person_id_pk" PRIMARY KEY("tenant_id","programme_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "training_decisions" (
	"tenant_id" text NOT NULL,
	"programme_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"round_id" uuid,
	"decision" text NOT NULL,
	"missing" text NOT NULL,
	"comment" text NOT NULL,
	"decided_on" date NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "training_decisions_tenant_id_programme_id_person_id_number_pk" PRIMARY KEY("tenant_id","programme_id","person_id","number")
);
--> statement-breakpoint
CREATE TABLE "training_filings" (
	"tenant_id" text NOT NULL,
	"programme_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"act_id" uuid,
	"problem" text DEFAULT '' NOT NULL,
	"tried_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tried_by" text NOT NULL,
	CONSTRAINT "training_filings_tenant_id_programme_id_person_id_pk" PRIMARY KEY("tenant_id","programme_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "training_rounds" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"number" integer NOT NULL,
	"self" jsonb NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"handed_in_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "training_rounds_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "training_rubrics" (
	"tenant_id" text NOT NULL,
	"programme_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"criteria" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "training_rubrics_tenant_id_programme_id_pk" PRIMARY KEY("tenant_id","programme_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "training_assessments_by_seat" ON "training_assessments" USING btree ("tenant_id","round_id","seat");--> statement-breakpoint
CREATE INDEX "training_assessments_by_assessor" ON "training_assessments" USING btree ("tenant_id","assessor_id","round_id");--> statement-breakpoint
CREATE INDEX "training_assessors_by_person" ON "training_assessors" USING btree ("tenant_id","person_id","programme_id");--> statement-breakpoint
CREATE UNIQUE INDEX "training_rounds_in_order" ON "training_rounds" USING btree ("tenant_id","programme_id","person_id","number");