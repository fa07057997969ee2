CREATE TABLE "exchange_adoptions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"plan" text NOT NULL,
	"adopted_on" date NOT NULL,
	"adopted_by" text NOT NULL,
	"ended_on" date,
	"end_reason" text,
	CONSTRAINT "exchange_adoptions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exchange_card_versions" (
	"tenant_id" text NOT NULL,
	"card_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"text" jsonb NOT NULL,
	"change" text NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"saved_by" text NOT NULL,
	CONSTRAINT "exchange_card_versions_tenant_id_card_id_version_pk" PRIMARY KEY("tenant_id","card_id","version")
);
--> statement-breakpoint
CREATE TABLE "exchange_cards" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"exchange_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"author_name" text NOT NULL,
	"institution" text NOT NULL,
	"text" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"folded" text NOT NULL,
	"published_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_by" text NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdraw_reason" text,
	CONSTRAINT "exchange_cards_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exchange_cases" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"exchange_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"author_id" uuid,
	"guest_id" uuid,
	"author_name" text NOT NULL,
	"institution" text NOT NULL,
	"text" jsonb NOT NULL,
	"submitted_at" timestamp with time zone,
	"agreed_at" timestamp with time zone,
	"place" integer,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "exchange_cases_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exchange_comments" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"exchange_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"author_id" uuid,
	"guest_id" uuid,
	"author_name" text NOT NULL,
	"institution" text NOT NULL,
	"text" text NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone,
	"removed_by" text,
	"removed_reason" text,
	CONSTRAINT "exchange_comments_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exchange_guests" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"exchange_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"institution" text NOT NULL,
	"email" text NOT NULL,
	"secret_hash" text collate "C" NOT NULL,
	"until_on" date NOT NULL,
	"invited_at" timestamp with time zone DEFAULT now() NOT NULL,
	"invited_by" text NOT NULL,
	"first_opened_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "exchange_guests_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exchange_participants" (
	"tenant_id" text NOT NULL,
	"exchange_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"host_path" text collate "C" NOT NULL,
	CONSTRAINT "exchange_participants_tenant_id_exchange_id_organization_id_pk" PRIMARY KEY("tenant_id","exchange_id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "exchange_reports" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"adoption_id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"text" jsonb NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"written_by" text NOT NULL,
	CONSTRAINT "exchange_reports_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "exchanges" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"theme" text NOT NULL,
	"held_on" date,
	"start_minute" integer,
	"end_minute" integer,
	"place" text NOT NULL,
	"link" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"announced_at" timestamp with time zone,
	"announced_by" text,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	"conclusion" text DEFAULT '' NOT NULL,
	"concluded_at" timestamp with time zone,
	"concluded_by" text,
	CONSTRAINT "exchanges_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "exchange_adoptions_once" ON "exchange_adoptions" USING btree ("tenant_id","card_id","organization_id") WHERE ended_on is null;--> statement-breakpoint
CREATE UNIQUE INDEX "exchange_cards_once" ON "exchange_cards" USING btree ("tenant_id","case_id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "exchange_cards_in_order" ON "exchange_cards" USING btree ("tenant_id","published_at","id");--> statement-breakpoint
CREATE INDEX "exchange_cases_of" ON "exchange_cases" USING btree ("tenant_id","exchange_id","place");--> statement-breakpoint
CREATE INDEX "exchange_comments_of" ON "exchange_comments" USING btree ("tenant_id","case_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "exchange_guests_by_secret" ON "exchange_guests" USING btree ("tenant_id","secret_hash");--> statement-breakpoint
CREATE INDEX "exchange_guests_of" ON "exchange_guests" USING btree ("tenant_id","exchange_id");--> statement-breakpoint
CREATE INDEX "exchange_participants_by_path" ON "exchange_participants" USING btree ("tenant_id","path");--> statement-breakpoint
CREATE INDEX "exchange_reports_of" ON "exchange_reports" USING btree ("tenant_id","card_id");--> statement-breakpoint
CREATE INDEX "exchanges_by_place" ON "exchanges" USING btree ("tenant_id","path","held_on","id");