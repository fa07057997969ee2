CREATE TABLE "talent_succession_entries" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"succession_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"to_whom" text NOT NULL,
	"until_on" date,
	"writer_person_id" uuid NOT NULL,
	"written_by" text NOT NULL,
	"written_on" date NOT NULL,
	CONSTRAINT "talent_succession_entries_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "talent_succession_kits" (
	"tenant_id" text NOT NULL,
	"succession_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"drawn_up_on" date NOT NULL,
	"drawn_up_by" text NOT NULL,
	"kit" jsonb NOT NULL,
	CONSTRAINT "talent_succession_kits_tenant_id_succession_id_pk" PRIMARY KEY("tenant_id","succession_id")
);
--> statement-breakpoint
CREATE TABLE "talent_succession_signatures" (
	"tenant_id" text NOT NULL,
	"succession_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"side" text NOT NULL,
	"signer_person_id" uuid NOT NULL,
	"name" text NOT NULL,
	"remark" text NOT NULL,
	"signed_on" date NOT NULL,
	CONSTRAINT "talent_succession_signatures_tenant_id_succession_id_side_pk" PRIMARY KEY("tenant_id","succession_id","side")
);
--> statement-breakpoint
CREATE TABLE "talent_successions" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"office_id" uuid NOT NULL,
	"office" text NOT NULL,
	"outgoing_person_id" uuid NOT NULL,
	"outgoing_name" text NOT NULL,
	"incoming_person_id" uuid,
	"incoming_name" text,
	"begun_by" text NOT NULL,
	"begun_on" date NOT NULL,
	"last_on" date,
	"first_on" date,
	"settled_on" date,
	"settled_by" text,
	"accesses" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"closed_on" date,
	"closed_by" text,
	"close_reason" text,
	"dropped_on" date,
	"drop_reason" text,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "talent_successions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "talent_succession_entries_of" ON "talent_succession_entries" USING btree ("tenant_id","succession_id","id");--> statement-breakpoint
CREATE INDEX "talent_successions_by_place" ON "talent_successions" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE INDEX "talent_successions_of_outgoing" ON "talent_successions" USING btree ("tenant_id","outgoing_person_id");--> statement-breakpoint
CREATE INDEX "talent_successions_of_incoming" ON "talent_successions" USING btree ("tenant_id","incoming_person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "talent_successions_once" ON "talent_successions" USING btree ("tenant_id","office_id") WHERE closed_on is null and dropped_on is null;