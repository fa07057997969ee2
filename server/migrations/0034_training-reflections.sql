CREATE TABLE "training_assignments" (
	"tenant_id" text NOT NULL,
	"programme_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"prompts" jsonb NOT NULL,
	"exam_id" uuid,
	"revision" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "training_assignments_tenant_id_programme_id_pk" PRIMARY KEY("tenant_id","programme_id")
);
--> statement-breakpoint
CREATE TABLE "training_quotations" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"reflection_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"quote" text NOT NULL,
	"signature" text NOT NULL,
	"consented_on" date NOT NULL,
	"withdrawn_on" date,
	"shown_since" date,
	"shown_by" text,
	CONSTRAINT "training_quotations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "training_reflection_versions" (
	"tenant_id" text NOT NULL,
	"reflection_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"text" jsonb NOT NULL,
	"handed_in_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "training_reflection_versions_tenant_id_reflection_id_number_pk" PRIMARY KEY("tenant_id","reflection_id","number")
);
--> statement-breakpoint
CREATE TABLE "training_reflections" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"prompt_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"text" jsonb NOT NULL,
	"versions" integer DEFAULT 0 NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "training_reflections_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "training_remarks" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"reflection_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"block" integer NOT NULL,
	"quote" text NOT NULL,
	"person_id" uuid NOT NULL,
	"author_person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"answers_id" uuid,
	"text" text NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	"said_by" text NOT NULL,
	CONSTRAINT "training_remarks_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "training_quotations_by_programme" ON "training_quotations" USING btree ("tenant_id","programme_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "training_reflections_of_person" ON "training_reflections" USING btree ("tenant_id","programme_id","person_id","prompt_id");--> statement-breakpoint
CREATE INDEX "training_remarks_by_reflection" ON "training_remarks" USING btree ("tenant_id","reflection_id","id");