ALTER TABLE "discussion_openings" ADD COLUMN "readings" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "discussion_posts" ADD COLUMN "promise" jsonb;--> statement-breakpoint
ALTER TABLE "discussion_topics" ADD COLUMN "earlier_titles" jsonb DEFAULT '[]'::jsonb NOT NULL;