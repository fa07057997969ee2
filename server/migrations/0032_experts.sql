CREATE TABLE "expert_invitations" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"expert_id" uuid NOT NULL,
	"person_id" uuid,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"topic" text NOT NULL,
	"purpose" text NOT NULL,
	"audience" text NOT NULL,
	"expected_count" integer,
	"wished_on" jsonb NOT NULL,
	"venue" text NOT NULL,
	"place" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_by" text NOT NULL,
	"asked_person_id" uuid NOT NULL,
	"agreement" jsonb,
	"agreed_at" timestamp with time zone,
	"agreed_by" text,
	"declined_at" timestamp with time zone,
	"declined_by" text,
	"decline_words" text,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" text,
	"withdraw_reason" text,
	"activity_id" uuid,
	"evaluation" jsonb,
	"evaluated_at" timestamp with time zone,
	"evaluated_by" text,
	CONSTRAINT "expert_invitations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "expert_lectures" (
	"tenant_id" text NOT NULL,
	"expert_id" uuid NOT NULL,
	"activity_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"linked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"linked_by" text NOT NULL,
	CONSTRAINT "expert_lectures_tenant_id_expert_id_activity_id_pk" PRIMARY KEY("tenant_id","expert_id","activity_id")
);
--> statement-breakpoint
CREATE TABLE "experts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"pinyin" text collate "C" NOT NULL,
	"institution" text NOT NULL,
	"title" text NOT NULL,
	"topics" jsonb NOT NULL,
	"about" text NOT NULL,
	"phone_sealed" text,
	"phone_mask" text,
	"email_sealed" text,
	"email_mask" text,
	"person_id" uuid,
	"consent_on" date,
	"consent_how" text,
	"consent_by" text,
	"withdrawn_at" timestamp with time zone,
	"folded_name" text collate "C" NOT NULL,
	"folded" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "experts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "expert_invitations_of" ON "expert_invitations" USING btree ("tenant_id","expert_id","id");--> statement-breakpoint
CREATE INDEX "expert_invitations_by_place" ON "expert_invitations" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE INDEX "expert_invitations_by_person" ON "expert_invitations" USING btree ("tenant_id","person_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "expert_invitations_by_activity" ON "expert_invitations" USING btree ("tenant_id","activity_id");--> statement-breakpoint
CREATE UNIQUE INDEX "experts_once" ON "experts" USING btree ("tenant_id","organization_id","folded_name") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "experts_by_name" ON "experts" USING btree ("tenant_id","pinyin","id");--> statement-breakpoint
CREATE INDEX "experts_by_change" ON "experts" USING btree ("tenant_id","changed_at","id");--> statement-breakpoint
CREATE INDEX "experts_by_person" ON "experts" USING btree ("tenant_id","person_id");