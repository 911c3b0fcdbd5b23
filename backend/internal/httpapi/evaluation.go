// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
)

// The page by which a host evaluates over a weak line: three small files that need
// nothing else of the application.
var (
	//go:embed light/evaluate.html
	evaluatePage []byte
	//go:embed light/evaluate.js
	evaluateScript []byte
	//go:embed light/evaluate.css
	evaluateStyle []byte
)

// evaluateAt is the address of the page; the secret stands behind its #.
const evaluateAt = "/evaluate"

// serveEvaluation answers with the light page, compressed once.
func (a *API) serveEvaluation(engine *gin.Engine) {
	for _, one := range []struct {
		path, kind string
		text       []byte
	}{{evaluateAt, "text/html", evaluatePage}, {evaluateAt + ".js", "text/javascript", evaluateScript}, {evaluateAt + ".css", "text/css", evaluateStyle}} {
		packed := packed(one.text)
		engine.GET(one.path, func(c *gin.Context) {
			c.Header("Vary", "Accept-Encoding")
			c.Header("Cache-Control", "no-cache")
			if takesGzip(c.Request) {
				c.Header("Content-Encoding", "gzip")
				c.Data(http.StatusOK, one.kind+"; charset=utf-8", packed)
				return
			}
			c.Data(http.StatusOK, one.kind+"; charset=utf-8", one.text)
		})
	}
}

type evaluationLinkView struct {
	Link      string    `json:"link" doc:"Below the address of this server; shown once. Whoever holds it can evaluate this placement, and nothing else."`
	ExpiresAt time.Time `json:"expiresAt"`
}

type evaluationOpening struct {
	Body struct {
		Token string `json:"token" maxLength:"200" doc:"What stands behind the # of the link."`
	}
}

type evaluationAnswer struct {
	Body struct {
		Token   string            `json:"token" maxLength:"200"`
		Answers map[string]string `json:"answers" doc:"By the names of the questions."`
	}
}

type evaluationView struct {
	Reference string              `json:"reference" doc:"Of the placement."`
	Host      string              `json:"host"`
	Title     string              `json:"title" doc:"What the service was for."`
	Person    string              `json:"person"`
	From      string              `json:"from"`
	To        string              `json:"to"`
	Questions []placementQuestion `json:"questions"`
	Answers   map[string]string   `json:"answers" doc:"What was answered before; empty at first."`
	ExpiresAt time.Time           `json:"expiresAt"`
}

type evaluationFiled struct {
	PlacementPath
	Body struct {
		Text string `json:"text" maxLength:"40000" doc:"The form as the page saved it: lines of \"name: answer\" of which one names the placement, or JSON with placement and answers."`
	}
}

// evaluationRoutes are about evaluations without an account.
func (a *API) evaluationRoutes() []Route {
	askers := identity.Only(identity.Coordinator, identity.Host)
	return []Route{
		on("POST", "/placements/{ref}/evaluation-link", askers, "link-evaluation", "A link by which the host evaluates without an account", a.linkEvaluation),
		on("POST", "/placements/{ref}/evaluation-mail", identity.Only(identity.Coordinator), "mail-evaluation", "Ask the host once more for its evaluation, by a mail with a link", a.mailEvaluation),
		on("POST", "/placements/{ref}/evaluation-file", askers, "import-evaluation", "Keep an evaluation that came as a file or in a mail", a.importEvaluation),
		on("POST", "/evaluation/open", identity.Public, "open-evaluation", "The form that a link opens", a.openEvaluation),
		does("POST", "/evaluation/answer", identity.Public, "answer-evaluation", "Evaluate by a link; sent again, it is the same evaluation", a.answerEvaluation),
	}
}

func (a *API) linkEvaluation(ctx context.Context, who identity.Actor, in *PlacementPath) (evaluationLinkView, error) {
	made, err := a.Placements.LinkEvaluation(ctx, who, in.Ref)
	return evaluationLinkView{Link: evaluateAt + "#" + made.Secret, ExpiresAt: made.ExpiresAt}, err
}

type evaluationMailed struct {
	PlacementPath
	IfMatch
}

func (a *API) mailEvaluation(ctx context.Context, who identity.Actor, in *evaluationMailed) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.MailEvaluation(ctx, who, in.Ref, version)
	return viewPlacement(p), err
}

func (a *API) importEvaluation(ctx context.Context, who identity.Actor, in *evaluationFiled) (placementView, error) {
	p, err := a.Placements.ImportEvaluation(ctx, who, in.Ref, in.Body.Text)
	return viewPlacement(p), err
}

func (a *API) openEvaluation(ctx context.Context, _ identity.Actor, in *evaluationOpening) (evaluationView, error) {
	e, err := a.Placements.OpenEvaluation(ctx, in.Body.Token)
	return evaluationView{Reference: e.Reference, Host: e.Host, Title: e.Title, Person: e.Person, From: string(e.From), To: string(e.To),
		Questions: mapped(e.Questions, viewQuestion), Answers: e.Answers, ExpiresAt: e.ExpiresAt}, err
}

func (a *API) answerEvaluation(ctx context.Context, _ identity.Actor, in *evaluationAnswer) error {
	return a.Placements.AnswerEvaluation(ctx, in.Body.Token, in.Body.Answers)
}

func viewQuestion(q placements.Question) placementQuestion {
	return placementQuestion{Name: q.Name, Kind: q.Kind, Required: q.Required, Options: append([]string{}, q.Options...)}
}

// packed compresses a file that is built in.
func packed(text []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is a valid constant
	_, _ = w.Write(text)                                    // a buffer takes everything
	_ = w.Close()
	return out.Bytes()
}

func takesGzip(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
}
