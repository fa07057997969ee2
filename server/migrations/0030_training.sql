CREATE TABLE "training_attendances" (
	"tenant_id" text NOT NULL,
	"session_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"attendance" text NOT NULL,
	"leave_kind" text,
	"note" text DEFAULT '' NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	CONSTRAINT "training_attendances_tenant_id_session_id_person_id_pk" PRIMARY KEY("tenant_id","session_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "training_participants" (
	"tenant_id" text NOT NULL,
	"programme_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"seq" integer NOT NULL,
	"source" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"enrolled_at" timestamp with time zone DEFAULT now() NOT NULL,
	"enrolled_by" text NOT NULL,
	CONSTRAINT "training_participants_tenant_id_programme_id_person_id_pk" PRIMARY KEY("tenant_id","programme_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "training_programmes" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"audience" text NOT NULL,
	"year" integer NOT NULL,
	"term" text NOT NULL,
	"summary" text NOT NULL,
	"required_hours" numeric(5, 1),
	"capacity" integer,
	"admission" jsonb NOT NULL,
	"stages" jsonb NOT NULL,
	"folded" text NOT NULL,
	"copied_from" uuid,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"announced_at" timestamp with time zone,
	"announced_by" text,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	CONSTRAINT "training_programmes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "training_requests" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"leave_kind" text,
	"text" text NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"is_granted" boolean,
	"answer" text,
	"answered_at" timestamp with time zone,
	"answered_by" text,
	CONSTRAINT "training_requests_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "training_sessions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"programme_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"stage_id" uuid,
	"title" text NOT NULL,
	"on" date NOT NULL,
	"start_minute" integer,
	"end_minute" integer,
	"hours" numeric(5, 1) NOT NULL,
	"category" text NOT NULL,
	"form" text NOT NULL,
	"lecturers" jsonb NOT NULL,
	"place" text NOT NULL,
	"link" text NOT NULL,
	"materials" jsonb NOT NULL,
	"sheets" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"recorded_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	CONSTRAINT "training_sessions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "training_attendances_by_person" ON "training_attendances" USING btree ("tenant_id","person_id","session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "training_participants_in_order" ON "training_participants" USING btree ("tenant_id","programme_id","seq");--> statement-breakpoint
CREATE INDEX "training_participants_by_person" ON "training_participants" USING btree ("tenant_id","person_id","programme_id");--> statement-breakpoint
CREATE INDEX "training_programmes_by_place" ON "training_programmes" USING btree ("tenant_id","path","year","id");--> statement-breakpoint
CREATE INDEX "training_requests_by_session" ON "training_requests" USING btree ("tenant_id","session_id","person_id");--> statement-breakpoint
CREATE INDEX "training_requests_by_person" ON "training_requests" USING btree ("tenant_id","person_id","session_id");--> statement-breakpoint
CREATE INDEX "training_sessions_in_order" ON "training_sessions" USING btree ("tenant_id","programme_id","on","start_minute","id");--> statement-breakpoint
CREATE INDEX "training_sessions_by_day" ON "training_sessions" USING btree ("tenant_id","on","path");