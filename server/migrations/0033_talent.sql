CREATE TABLE "talent_corrections" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"field" text NOT NULL,
	"proposed" text NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"is_granted" boolean,
	"answer" text DEFAULT '' NOT NULL,
	"answered_by" text,
	"answered_at" timestamp with time zone,
	CONSTRAINT "talent_corrections_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "talent_person_skills" (
	"tenant_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"skill_id" uuid NOT NULL,
	"mastery" text NOT NULL,
	CONSTRAINT "talent_person_skills_tenant_id_person_id_skill_id_pk" PRIMARY KEY("tenant_id","person_id","skill_id")
);
--> statement-breakpoint
CREATE TABLE "talent_records" (
	"tenant_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"employment" text,
	"duty" text,
	"title" text DEFAULT '' NOT NULL,
	"since_on" date,
	"official_by" text,
	"official_on" date,
	"languages" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"availability" text,
	"availability_note" text DEFAULT '' NOT NULL,
	"confirmed_on" date,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "talent_records_tenant_id_person_id_pk" PRIMARY KEY("tenant_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "talent_skills" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"group" text NOT NULL,
	"is_retired" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "talent_skills_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "talent_corrections_by_person" ON "talent_corrections" USING btree ("tenant_id","person_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "talent_corrections_waiting" ON "talent_corrections" USING btree ("tenant_id","person_id","field") WHERE answered_at is null;--> statement-breakpoint
CREATE INDEX "talent_person_skills_by_skill" ON "talent_person_skills" USING btree ("tenant_id","skill_id");--> statement-breakpoint
CREATE INDEX "talent_records_employed" ON "talent_records" USING btree ("tenant_id","person_id") WHERE employment is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "talent_skills_by_name" ON "talent_skills" USING btree ("tenant_id","name");