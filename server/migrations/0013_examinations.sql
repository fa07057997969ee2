CREATE TABLE "archive_examinations" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"seal_id" uuid NOT NULL,
	"person_id" uuid,
	"path" text collate "C" NOT NULL,
	"report" jsonb NOT NULL,
	"examined_by_name" text NOT NULL,
	"examined_at" timestamp with time zone NOT NULL,
	CONSTRAINT "archive_examinations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "archive_examinations_by_seal" ON "archive_examinations" USING btree ("tenant_id","seal_id","examined_at");