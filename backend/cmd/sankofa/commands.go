// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/fault"
)

// common are the flags that every command knows.
type common struct {
	Data     string `help:"Directory of the embedded database and the search index." default:"data" placeholder:"DIR"`
	Database string `help:"PostgreSQL to use instead of the embedded SQLite: postgres://USER:PASSWORD@HOST:PORT/NAME." placeholder:"URL"`
	KeyFile  string `name:"files-key" help:"File with the master keys of the documents; made on first use. Default: files.key in the data directory." placeholder:"FILE"`
	JSON     bool   `name:"json" help:"Print results and errors as JSON."`
	Log      string `name:"log-level" help:"How much is logged: debug, info, warn or error." enum:"debug,info,warn,error" default:"info"`
}

// commandLine is the grammar of the command line.
type commandLine struct {
	common
	Serve    serveCommand    `cmd:"" help:"Run the server: API and screens."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the database to the newest schema."`
	Demo     demoCommand     `cmd:"" help:"Load, extend, list or remove the demonstration programme of fictional people."`
	Rank     rankCommand     `cmd:"" help:"Rank people for a need, with reasons."`
	Replay   replayCommand   `cmd:"" help:"Compute a frozen ranking again from what it was made of, and say which lines differ."`
	Train    trainCommand    `cmd:"" help:"Learn the weights of the score from the repository's generator, and measure them on what was held out."`
	Assign   assignCommand   `cmd:"" help:"Propose who goes where for all open needs together. Decides nothing."`
	Import   importCommand   `cmd:"" help:"Bring in a classification or people."`
	Reindex  reindexCommand  `cmd:"" help:"Build the search index anew from the database."`
	Files    filesCommand    `cmd:"" help:"The encrypted documents: a new master key."`
	Backup   backupCommand   `cmd:"" help:"Copy the database and the files into a new directory, while the server goes on."`
	Restore  restoreCommand  `cmd:"" help:"Put a backup back; who was erased since is erased again."`
	User     userCommand     `cmd:"" help:"Programmes, organisations and the accounts of their officers."`
	OpenAPI  openAPICommand  `cmd:"" name:"openapi" help:"Print the description of the API (OpenAPI 3.1)."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
	Evaluate evaluateCommand `cmd:"" help:"Rank any corpus for any queries through the linker, and measure it."`
}

// config turns the flags into the program's configuration.
func (c *common) config() app.Config {
	data, err := filepath.Abs(c.Data)
	if err != nil {
		data = c.Data // The working directory is gone; opening will say so.
	}
	return app.Config{Data: data, Database: c.Database, KeyFile: c.KeyFile, Version: version, Log: slog.New(slog.DiscardHandler)}
}

// do runs a command on the data: here, or in the server that holds it.
func (c *common) do(ctx context.Context, out *output, name string, options, result any) error {
	text, err := json.Marshal(options)
	if err != nil {
		return err
	}
	asked := app.Command{Name: name, Options: text}
	answer, err := here(ctx, c.config(), asked, out.progress)
	if fault.HasCode(err, app.Busy) {
		answer, err = app.Ask(ctx, c.config().Data, asked, out.progress)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(answer, result)
}

// here opens the data in this process, does the command and closes it again.
func here(ctx context.Context, conf app.Config, asked app.Command, progress app.Progress) (answer json.RawMessage, err error) {
	a, err := app.Open(ctx, conf)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closed := a.Close(); err == nil {
			err = closed
		}
	}()
	return a.Do(ctx, asked, progress)
}

type serveCommand struct {
	Listen    string   `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	PublicURL string   `name:"public-url" help:"How people reach the server, such as https://sankofa.example.org. With https the session cookie is bound to it." placeholder:"URL"`
	Proxies   []string `help:"Addresses of reverse proxies whose X-Forwarded-For is believed." placeholder:"ADDRESS"`
	Demo      bool     `help:"Load the demonstration programme when it is not there."`
	People    int      `help:"How many fictional people the demonstration has." default:"320"`
	mailFlags
}

// Run serves until it is told to stop.
func (s *serveCommand) Run(ctx context.Context, c *common, out *output) error {
	conf := c.config()
	conf.Listen, conf.PublicURL, conf.Proxies = s.Listen, s.PublicURL, s.Proxies
	conf.Demo, conf.People = s.Demo, s.People
	if err := s.configure(&conf); err != nil {
		return err
	}
	conf.Log = logger(out.stderr, c.Log)
	return app.Serve(ctx, conf, app.Announce{Ready: func(r app.Ready) { announce(out.stdout, r) }, Progress: out.progress})
}

// logger writes JSON lines for machines, plain lines for a person at a terminal.
func logger(to io.Writer, level string) *slog.Logger {
	var least slog.Level
	_ = least.UnmarshalText([]byte(level)) // The grammar allows known levels only.
	options := &slog.HandlerOptions{Level: least}
	if file, ok := to.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return slog.New(slog.NewTextHandler(to, options))
		}
	}
	return slog.New(slog.NewJSONHandler(to, options))
}

// announce prints where the server is and who may sign in to the demonstration.
func announce(to io.Writer, r app.Ready) {
	fmt.Fprintf(to, "\nSankofa is ready: %s\n", r.Address)
	if len(r.SignIns) == 0 {
		fmt.Fprintln(to)
		return
	}
	fmt.Fprintf(to, "\nDemonstration programme, fictional people. Sign in with:\n\n")
	for _, s := range r.SignIns {
		fmt.Fprintf(to, "  %-14s %-42s %s\n", s.Role, s.Email, s.Password)
	}
	fmt.Fprintln(to)
}

type migrateCommand struct{}

// Run migrates the database.
func (*migrateCommand) Run(ctx context.Context, c *common, out *output) error {
	var result app.Migrated
	if err := c.do(ctx, out, "migrate", struct{}{}, &result); err != nil {
		return err
	}
	return out.result(result, func(w io.Writer) { fmt.Fprintf(w, "The schema is at version %d.\n", result.Version) })
}

type demoCommand struct {
	People int  `help:"How many fictional people there shall be, 300 or more." default:"320"`
	Remove bool `help:"Remove the demonstration, everything that is marked as its own."`
}

// Run loads, lists or removes the demonstration.
func (d *demoCommand) Run(ctx context.Context, c *common, out *output) error {
	var result app.DemoResult
	if err := c.do(ctx, out, "demo", app.DemoOptions{People: d.People, Remove: d.Remove}, &result); err != nil {
		return err
	}
	return out.result(result, result.Print)
}

type rankCommand struct {
	Need  string `help:"Reference of the need, such as DEMO-03." required:"" placeholder:"REF"`
	Limit int    `help:"How many candidates to show." default:"20"`
}

// Run ranks people for a need.
func (r *rankCommand) Run(ctx context.Context, c *common, out *output) error {
	var result app.RankResult
	if err := c.do(ctx, out, "rank", app.RankOptions{Need: r.Need, Limit: r.Limit}, &result); err != nil {
		return err
	}
	return out.result(result, result.Print)
}

type replayCommand struct {
	Snapshot string `arg:"" help:"Identifier of the frozen ranking."`
	Values   bool   `help:"Also print, with --json, what the scores were made of."`
}

// Run replays a frozen ranking.
func (r *replayCommand) Run(ctx context.Context, c *common, out *output) error {
	var result app.ReplayResult
	if err := c.do(ctx, out, "replay", app.ReplayOptions{Snapshot: r.Snapshot, Values: r.Values}, &result); err != nil {
		return err
	}
	return out.result(result, result.Print)
}

type importCommand struct {
	ESCO   importESCO   `cmd:"" name:"esco" help:"Extend the vocabulary with the European Commission's ESCO download."`
	People importPeople `cmd:"" help:"Register people from a JSON file (an array, or one object a line) in the form of the API. They are invited, not visible."`
}

type importESCO struct {
	Path string `arg:"" help:"Folder or zip file of the download, in any set of languages."`
}

// Run imports ESCO.
func (i *importESCO) Run(ctx context.Context, c *common, out *output) error {
	path, err := filepath.Abs(i.Path)
	if err != nil {
		return err
	}
	var result app.ESCOResult
	if err := c.do(ctx, out, "import-esco", app.ImportOptions{Path: path}, &result); err != nil {
		return err
	}
	return out.result(result, result.Print)
}

type importPeople struct {
	File        string `arg:"" help:"The JSON file."`
	Association string `help:"E-mail address of the association officer in whose name they are registered." required:"" placeholder:"EMAIL"`
	Check       bool   `help:"Only say what is wrong with the file; write nothing."`
}

// Run imports people.
func (i *importPeople) Run(ctx context.Context, c *common, out *output) error {
	path, err := filepath.Abs(i.File)
	if err != nil {
		return err
	}
	var result app.PeopleResult
	options := app.ImportOptions{Path: path, Officer: i.Association, Check: i.Check}
	if err := c.do(ctx, out, "import-people", options, &result); err != nil {
		return err
	}
	return out.result(result, result.Print)
}

type reindexCommand struct{}

// Run builds the index anew.
func (*reindexCommand) Run(ctx context.Context, c *common, out *output) error {
	var result app.Reindexed
	if err := c.do(ctx, out, "reindex", struct{}{}, &result); err != nil {
		return err
	}
	return out.result(result, func(w io.Writer) {
		fmt.Fprintf(w, "The index holds %d documents and stands at event %d.\n", result.Documents, result.Position)
	})
}

type backupCommand struct {
	To string `help:"Directory to make for the backup." required:"" placeholder:"DIR"`
}

// Run makes a backup.
func (b *backupCommand) Run(ctx context.Context, c *common, out *output) error {
	to, err := filepath.Abs(b.To)
	if err != nil {
		return err
	}
	var result app.BackedUp
	if err := c.do(ctx, out, "backup", app.BackupOptions{To: to}, &result); err != nil {
		return err
	}
	return out.result(result, result.Print)
}

type restoreCommand struct {
	From       string `help:"Directory of the backup." required:"" placeholder:"DIR"`
	Tombstones string `help:"One more list of who was erased, from a newer backup or the old data directory." placeholder:"FILE"`
	Replace    bool   `help:"Write over the database that is there."`
}

// Run restores a backup. No server may run on the data.
func (r *restoreCommand) Run(ctx context.Context, c *common, out *output) error {
	result, err := app.Restore(ctx, c.config(), app.RestoreOptions{From: r.From, Tombstones: r.Tombstones, Replace: r.Replace})
	if err != nil {
		return err
	}
	return out.result(result, result.Print)
}

type openAPICommand struct{}

// Run prints the description of the API; it needs no data.
func (*openAPICommand) Run(_ context.Context, _ *common, out *output) error {
	text, err := app.OpenAPI(version)
	if err != nil {
		return err
	}
	_, err = out.stdout.Write(text)
	return err
}

type versionCommand struct{}

// Run prints the version.
func (*versionCommand) Run(_ context.Context, _ *common, out *output) error {
	return out.result(map[string]string{"version": version}, func(w io.Writer) { fmt.Fprintln(w, "sankofa", version) })
}

type filesCommand struct {
	Rotate filesRotateCommand `cmd:"" help:"Make a new master key and wrap every document's key with it. Documents stay readable throughout."`
}

type filesRotateCommand struct{}

// Run makes a new master key.
func (*filesRotateCommand) Run(ctx context.Context, c *common, out *output) error {
	var result app.RotateResult
	if err := c.do(ctx, out, "files-rotate", struct{}{}, &result); err != nil {
		return err
	}
	return out.result(result, func(to io.Writer) {
		fmt.Fprintf(to, "A new master key is in use; %d documents were wrapped anew. Copy the key file to its safe place.\n", result.Wrapped)
	})
}
