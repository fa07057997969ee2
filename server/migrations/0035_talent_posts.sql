CREATE TABLE "talent_headcounts" (
	"tenant_id" text NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"students" integer NOT NULL,
	"people" integer NOT NULL,
	"as_of" date NOT NULL,
	"source" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "talent_headcounts_tenant_id_organization_id_pk" PRIMARY KEY("tenant_id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "talent_holdings" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date,
	"given_by" text NOT NULL,
	CONSTRAINT "talent_holdings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "talent_posts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"duty" text NOT NULL,
	"employment" text NOT NULL,
	"places" integer NOT NULL,
	"skill_ids" jsonb NOT NULL,
	"about" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"closed_at" timestamp with time zone,
	"close_reason" text,
	CONSTRAINT "talent_posts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "talent_holdings_of_post" ON "talent_holdings" USING btree ("tenant_id","post_id");--> statement-breakpoint
CREATE UNIQUE INDEX "talent_holdings_once" ON "talent_holdings" USING btree ("tenant_id","post_id","person_id") WHERE until_on is null;--> statement-breakpoint
CREATE INDEX "talent_posts_by_place" ON "talent_posts" USING btree ("tenant_id","path","id");