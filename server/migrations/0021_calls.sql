CREATE TABLE "call_entries" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"kind_key" text NOT NULL,
	"title" text NOT NULL,
	"answers" jsonb NOT NULL,
	"folded" text NOT NULL,
	"number" integer,
	"team_code" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"submitted_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"redactions" jsonb NOT NULL,
	"decision" text,
	"decision_words" text DEFAULT '' NOT NULL,
	"article_id" uuid,
	CONSTRAINT "call_entries_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "call_entry_members" (
	"tenant_id" text NOT NULL,
	"entry_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"is_author" boolean NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	"publication_at" timestamp with time zone,
	"name_at" timestamp with time zone,
	"portrait_at" timestamp with time zone,
	CONSTRAINT "call_entry_members_tenant_id_entry_id_person_id_pk" PRIMARY KEY("tenant_id","entry_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "call_phases" (
	"tenant_id" text NOT NULL,
	"call_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"until_on" date NOT NULL,
	"per_entry" integer NOT NULL,
	"entry_ids" jsonb NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "call_phases_tenant_id_call_id_number_pk" PRIMARY KEY("tenant_id","call_id","number")
);
--> statement-breakpoint
CREATE TABLE "call_reviewers" (
	"tenant_id" text NOT NULL,
	"call_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"confirmed_by" text,
	CONSTRAINT "call_reviewers_tenant_id_call_id_person_id_pk" PRIMARY KEY("tenant_id","call_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "call_reviews" (
	"tenant_id" text NOT NULL,
	"call_id" uuid NOT NULL,
	"phase" integer NOT NULL,
	"entry_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"allotted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"levels" jsonb NOT NULL,
	"abstain_reason" text DEFAULT '' NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"given_at" timestamp with time zone,
	"recused_at" timestamp with time zone,
	"recusal_reason" text,
	CONSTRAINT "call_reviews_tenant_id_call_id_phase_entry_id_person_id_pk" PRIMARY KEY("tenant_id","call_id","phase","entry_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "call_vote_boxes" (
	"tenant_id" text NOT NULL,
	"call_id" uuid NOT NULL,
	"ballots" jsonb NOT NULL,
	CONSTRAINT "call_vote_boxes_tenant_id_call_id_pk" PRIMARY KEY("tenant_id","call_id")
);
--> statement-breakpoint
CREATE TABLE "call_voters" (
	"tenant_id" text NOT NULL,
	"call_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "call_voters_tenant_id_call_id_person_id_pk" PRIMARY KEY("tenant_id","call_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"kinds" jsonb NOT NULL,
	"until_on" date NOT NULL,
	"fields" jsonb NOT NULL,
	"team_most" integer NOT NULL,
	"entries_most" integer NOT NULL,
	"is_blind" boolean NOT NULL,
	"words" jsonb NOT NULL,
	"criteria" jsonb NOT NULL,
	"folded" text NOT NULL,
	"review_code" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"announced_at" timestamp with time zone,
	"announced_by" text,
	"closed_at" timestamp with time zone,
	"close_reason" text,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	"review_begun_at" timestamp with time zone,
	"review_ended_at" timestamp with time zone,
	"results_at" timestamp with time zone,
	"vote" jsonb,
	CONSTRAINT "calls_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "media_items" ADD COLUMN "is_private" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "call_entries_by_call" ON "call_entries" USING btree ("tenant_id","call_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "call_entries_by_team_code" ON "call_entries" USING btree ("tenant_id","team_code");--> statement-breakpoint
CREATE INDEX "call_entry_members_by_person" ON "call_entry_members" USING btree ("tenant_id","person_id","call_id");--> statement-breakpoint
CREATE INDEX "call_reviews_by_person" ON "call_reviews" USING btree ("tenant_id","person_id","call_id");--> statement-breakpoint
CREATE INDEX "calls_by_place" ON "calls" USING btree ("tenant_id","path","until_on","id");--> statement-breakpoint
CREATE UNIQUE INDEX "calls_by_review_code" ON "calls" USING btree ("tenant_id","review_code");