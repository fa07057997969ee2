CREATE TABLE "talent_applications" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"statement" text NOT NULL,
	"answers" jsonb NOT NULL,
	"applied_at" timestamp with time zone DEFAULT now() NOT NULL,
	"is_chosen" boolean,
	"reason" text DEFAULT '' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "talent_applications_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "talent_calls" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"until_on" date NOT NULL,
	"text" text NOT NULL,
	"announced_by" text NOT NULL,
	"closed_at" timestamp with time zone,
	"close_reason" text,
	CONSTRAINT "talent_calls_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "talent_applications_once" ON "talent_applications" USING btree ("tenant_id","call_id","person_id");--> statement-breakpoint
CREATE INDEX "talent_calls_by_place" ON "talent_calls" USING btree ("tenant_id","path","until_on");--> statement-breakpoint
CREATE UNIQUE INDEX "talent_calls_once" ON "talent_calls" USING btree ("tenant_id","post_id") WHERE closed_at is null;