// SPDX-License-Identifier: AGPL-3.0-or-later

package mail

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
)

// Letter is what a mail has to say.
type Letter struct {
	Kind     string
	Language string
	Name     string // of the person; empty: nobody is greeted by name
	Values   Values
	Link     string   // where the button leads; empty: no button
	Lines    []string // a list below the text, such as a digest's
	Stop     string   // the page where this kind of mail is ended; empty for mails that everybody gets
	Demo     bool     // the person is fictional
}

// parts is what the two bodies are made of.
type parts struct {
	Language, Direction         string
	Subject, Greeting           string
	Paragraphs, Lines           []string
	Action, Link, Fallback      string
	Footer, StopWord, Stop, Tag string
}

// Compose writes a letter in its language: subject, text and HTML.
func (t *Texter) Compose(l Letter) (Message, error) {
	c := t.in(l.Language)
	texts, ok := c.Kinds[l.Kind]
	if !ok {
		return Message{}, fmt.Errorf("mail: no texts for %q in %s", l.Kind, l.Language)
	}
	subject, err := t.Line(l.Language, l.Kind, l.Values)
	if err != nil {
		return Message{}, fmt.Errorf("%s in %s: %w", l.Kind, l.Language, err)
	}
	p := parts{Language: l.Language, Direction: "ltr", Subject: subject, Lines: l.Lines, Footer: c.Frame["footer"],
		Link: l.Link, Action: texts.Action, Fallback: c.Frame["fallback"], Stop: l.Stop, StopWord: c.Frame["stop"]}
	rtl := right(l.Language)
	if rtl {
		p.Direction = "rtl"
	}
	if p.Greeting, err = c.greeting(l.Name, rtl); err != nil {
		return Message{}, err
	}
	for _, paragraph := range texts.Body {
		text, err := c.fill(paragraph, l.Values, rtl)
		if err != nil {
			return Message{}, fmt.Errorf("%s in %s: %w", l.Kind, l.Language, err)
		}
		p.Paragraphs = append(p.Paragraphs, text)
	}
	if l.Demo {
		p.Tag = c.Frame["demo"]
	}
	html, err := p.html()
	return Message{Subject: subject, Language: l.Language, Name: oneLine(l.Name), Text: p.text(), HTML: html}, err
}

// greeting greets by name where there is one.
func (c *catalogue) greeting(name string, rtl bool) (string, error) {
	if name == "" {
		return c.Frame["hello"], nil
	}
	return c.fill(Phrase{"other": c.Frame["greeting"]}, Values{Words: map[string]string{"name": oneLine(name)}}, rtl)
}

// text is the plain body.
func (p parts) text() string {
	var b strings.Builder
	if p.Tag != "" {
		fmt.Fprintf(&b, "[%s]\n\n", p.Tag)
	}
	fmt.Fprintf(&b, "%s\n", p.Greeting)
	for _, one := range p.Paragraphs {
		fmt.Fprintf(&b, "\n%s\n", one)
	}
	for i, one := range p.Lines {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "- %s\n", one)
	}
	if p.Link != "" {
		fmt.Fprintf(&b, "\n%s:\n%s\n", p.Action, p.Link)
	}
	fmt.Fprintf(&b, "\n-- \n%s\n", p.Footer) // RFC 3676, 4.3: what follows is a signature
	if p.Stop != "" {
		fmt.Fprintf(&b, "%s: %s\n", p.StopWord, p.Stop)
	}
	return b.String()
}

// page is the HTML body: small, without pictures, scripts or anything fetched,
// and readable in the dark.
var page = template.Must(template.New("mail").Parse(`<!doctype html>
<html lang="{{.Language}}" dir="{{.Direction}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{{.Subject}}</title></head>
<body dir="{{.Direction}}" style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif"><div style="max-width:34em;margin:0 auto">
{{with .Tag}}<p style="border:1px solid;padding:4px 8px">{{.}}</p>
{{end}}<p>{{.Greeting}}</p>
{{range .Paragraphs}}<p>{{.}}</p>
{{end}}{{with .Lines}}<ul>{{range .}}<li>{{.}}</li>{{end}}</ul>
{{end}}{{if .Link}}<p><a href="{{.Link}}" style="display:inline-block;padding:10px 18px;border-radius:6px;background:#14532d;color:#ffffff;text-decoration:none">{{.Action}}</a></p>
<p style="font-size:13px">{{.Fallback}}<br><span dir="ltr" style="word-break:break-all">{{.Link}}</span></p>
{{end}}<hr style="border:0;border-top:1px solid"><p style="font-size:13px">{{.Footer}}{{if .Stop}}<br><a href="{{.Stop}}">{{.StopWord}}</a>{{end}}</p>
</div></body></html>
`))

func (p parts) html() (string, error) {
	var b bytes.Buffer
	err := page.Execute(&b, p)
	return b.String(), err
}
