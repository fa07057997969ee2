CREATE TABLE "quiz_answers" (
	"tenant_id" text NOT NULL,
	"mark" text NOT NULL,
	"question_id" uuid NOT NULL,
	"quiz_id" uuid NOT NULL,
	"answer" jsonb NOT NULL,
	"is_right" boolean NOT NULL,
	CONSTRAINT "quiz_answers_tenant_id_mark_question_id_pk" PRIMARY KEY("tenant_id","mark","question_id")
);
--> statement-breakpoint
CREATE TABLE "quiz_questions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"quiz_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"options" jsonb NOT NULL,
	"accepted" jsonb NOT NULL,
	"explanation" text NOT NULL,
	"source" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "quiz_questions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "quiz_room_answers" (
	"tenant_id" text NOT NULL,
	"mark" text NOT NULL,
	"position" integer NOT NULL,
	"room_id" uuid NOT NULL,
	"answer" jsonb NOT NULL,
	"is_right" boolean NOT NULL,
	CONSTRAINT "quiz_room_answers_tenant_id_mark_position_pk" PRIMARY KEY("tenant_id","mark","position")
);
--> statement-breakpoint
CREATE TABLE "quiz_rooms" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"quiz_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"code" text NOT NULL,
	"teams" jsonb NOT NULL,
	"seconds" integer,
	"questions" jsonb NOT NULL,
	"phase" text DEFAULT 'gathering' NOT NULL,
	"position" integer,
	"ends_at" timestamp with time zone,
	"results" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"opened_by" text NOT NULL,
	"ended_at" timestamp with time zone,
	"players" integer DEFAULT 0 NOT NULL,
	"team_tallies" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "quiz_rooms_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "quiz_seats" (
	"tenant_id" text NOT NULL,
	"mark" text NOT NULL,
	"room_id" uuid NOT NULL,
	"team" integer,
	CONSTRAINT "quiz_seats_tenant_id_mark_pk" PRIMARY KEY("tenant_id","mark")
);
--> statement-breakpoint
CREATE TABLE "quizzes" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"published_at" timestamp with time zone,
	"published_by" text,
	CONSTRAINT "quizzes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "quiz_answers_by_question" ON "quiz_answers" USING btree ("tenant_id","question_id");--> statement-breakpoint
CREATE INDEX "quiz_questions_in_order" ON "quiz_questions" USING btree ("tenant_id","quiz_id","seq");--> statement-breakpoint
CREATE INDEX "quiz_room_answers_by_room" ON "quiz_room_answers" USING btree ("tenant_id","room_id","position");--> statement-breakpoint
CREATE INDEX "quiz_rooms_by_path" ON "quiz_rooms" USING btree ("tenant_id","path","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "quiz_rooms_by_code" ON "quiz_rooms" USING btree ("tenant_id","code") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "quiz_seats_by_room" ON "quiz_seats" USING btree ("tenant_id","room_id");--> statement-breakpoint
CREATE INDEX "quizzes_by_path" ON "quizzes" USING btree ("tenant_id","path");