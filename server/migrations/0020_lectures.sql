CREATE TABLE "lecture_feedback" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"activity_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"gained" text NOT NULL,
	"suggested" text NOT NULL,
	CONSTRAINT "lecture_feedback_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "lecture_feedback_given" (
	"tenant_id" text NOT NULL,
	"mark" text NOT NULL,
	CONSTRAINT "lecture_feedback_given_tenant_id_mark_pk" PRIMARY KEY("tenant_id","mark")
);
--> statement-breakpoint
CREATE TABLE "lecture_hands" (
	"tenant_id" text NOT NULL,
	"mark" text NOT NULL,
	"poll_id" uuid NOT NULL,
	"choice" integer NOT NULL,
	CONSTRAINT "lecture_hands_tenant_id_mark_pk" PRIMARY KEY("tenant_id","mark")
);
--> statement-breakpoint
CREATE TABLE "lecture_notes" (
	"tenant_id" text NOT NULL,
	"activity_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"revision" integer NOT NULL,
	"text" text NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"saved_by" text NOT NULL,
	CONSTRAINT "lecture_notes_tenant_id_activity_id_revision_pk" PRIMARY KEY("tenant_id","activity_id","revision")
);
--> statement-breakpoint
CREATE TABLE "lecture_polls" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"activity_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"question" text NOT NULL,
	"options" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"counts" jsonb,
	CONSTRAINT "lecture_polls_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "lecture_questions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"activity_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"seq" integer NOT NULL,
	"text" text NOT NULL,
	"asker_mark" text NOT NULL,
	"asker_name" text,
	"support_count" integer DEFAULT 0 NOT NULL,
	"released_at" timestamp with time zone,
	"declined_at" timestamp with time zone,
	"decline_reason" text,
	"answered_at" timestamp with time zone,
	"answer" text DEFAULT '' NOT NULL,
	CONSTRAINT "lecture_questions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "lecture_recordings" (
	"tenant_id" text NOT NULL,
	"activity_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"media_id" uuid NOT NULL,
	"media_kind" text NOT NULL,
	"duration_ms" integer,
	"put_at" timestamp with time zone DEFAULT now() NOT NULL,
	"put_by" text NOT NULL,
	CONSTRAINT "lecture_recordings_tenant_id_activity_id_pk" PRIMARY KEY("tenant_id","activity_id")
);
--> statement-breakpoint
CREATE TABLE "lecture_supports" (
	"tenant_id" text NOT NULL,
	"mark" text NOT NULL,
	"question_id" uuid NOT NULL,
	CONSTRAINT "lecture_supports_tenant_id_mark_pk" PRIMARY KEY("tenant_id","mark")
);
--> statement-breakpoint
CREATE TABLE "lectures" (
	"tenant_id" text NOT NULL,
	"activity_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"is_moderated" boolean NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"opened_by" text NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	"question_count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "lectures_tenant_id_activity_id_pk" PRIMARY KEY("tenant_id","activity_id")
);
--> statement-breakpoint
CREATE INDEX "lecture_feedback_of" ON "lecture_feedback" USING btree ("tenant_id","activity_id");--> statement-breakpoint
CREATE INDEX "lecture_hands_by_poll" ON "lecture_hands" USING btree ("tenant_id","poll_id");--> statement-breakpoint
CREATE INDEX "lecture_polls_in_order" ON "lecture_polls" USING btree ("tenant_id","activity_id","opened_at");--> statement-breakpoint
CREATE INDEX "lecture_questions_in_order" ON "lecture_questions" USING btree ("tenant_id","activity_id","seq");