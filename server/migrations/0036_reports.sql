CREATE TABLE "report_months" (
	"tenant_id" text NOT NULL,
	"path" text collate "C" NOT NULL,
	"month" text NOT NULL,
	"stage" text NOT NULL,
	"on" date NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "report_months_tenant_id_month_path_stage_pk" PRIMARY KEY("tenant_id","month","path","stage")
);
--> statement-breakpoint
CREATE INDEX "development_acts_by_kind" ON "development_acts" USING btree ("tenant_id","kind","on","path","person_id","id") WHERE not is_struck_out;