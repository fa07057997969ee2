CREATE TABLE "training_summaries" (
	"tenant_id" text NOT NULL,
	"programme_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"text" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"written_by" text NOT NULL,
	"figures" jsonb,
	"signed_on" date,
	"signed_by" text,
	CONSTRAINT "training_summaries_tenant_id_programme_id_pk" PRIMARY KEY("tenant_id","programme_id")
);
