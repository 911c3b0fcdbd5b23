// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// taught returns the shipped vocabulary with local words.
func taught(t *testing.T, words ...LocalWord) *Taxonomy {
	t.Helper()
	all := shippedTaxonomy(t).Apart()
	for i := range words {
		words[i].ID = fmt.Sprint("w", i)
	}
	all.local.Store(newOverlay(words))
	return all
}

func shippedTaxonomy(t *testing.T) *Taxonomy {
	t.Helper()
	all, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var loadOnce = sync.OnceValues(Load)

// Words as they are written in the languages of the programmes.
var (
	awoo    = LocalWord{Kind: OccupationKind, Concept: "2222.midwife", Language: "tw", Word: "awogyefo"}
	yare    = LocalWord{Kind: OccupationKind, Concept: "2221", Language: "tw", Word: "ɔyarehwɛfoɔ"}
	nars    = LocalWord{Kind: OccupationKind, Concept: "2221", Language: "am", Word: "ነርስ"}
	hakim   = LocalWord{Kind: OccupationKind, Concept: "2211", Language: "am", Word: "ሐኪም"}
	umul    = LocalWord{Kind: OccupationKind, Concept: "2222", Language: "so", Word: "umuliso"}
	drip    = LocalWord{Kind: SkillKind, Concept: "agriculture.drip-irrigation", Language: "wo", Word: "ndoxum toq"}
	waraab  = LocalWord{Kind: SkillKind, Concept: "agriculture.drip-irrigation", Language: "so", Word: "waraabka dhibcaha"}
	birth   = LocalWord{Kind: SkillKind, Concept: "health.labour-and-delivery-care", Language: "tw", Word: "awoɔ ho adwuma"}
	masno   = LocalWord{Kind: SkillKind, Concept: "agriculture.drip-irrigation", Language: "ti", Word: "መስኖ ነጠብጣብ"}
	toneful = LocalWord{Kind: SkillKind, Concept: "agriculture.vegetable-growing", Language: "tw", Word: "àtòsódéɛ dua"}
)

func TestLocalTitlesLink(t *testing.T) {
	all := taught(t, awoo, yare, nars, hakim, umul)
	for _, c := range []struct{ title, language, code, matched string }{
		{"awogyefo", "tw", "2222", "awogyefo"},
		{"Awogyefo", "", "2222", "awogyefo"},
		{"ɔyarehwɛfoɔ", "tw", "2221", "ɔyarehwɛfoɔ"},
		{"Ɔyarehwɛfoɔ", "tw", "2221", "ɔyarehwɛfoɔ"},    // a capital
		{"oyarehwefoo", "tw", "2221", "ɔyarehwɛfoɔ"},    // without the keys
		{"ɔ̀yárehwɛ́fóɔ̀", "tw", "2221", "ɔyarehwɛfoɔ"}, // with tone marks
		{"ነርስ", "am", "2221", "ነርስ"},
		{"የነርስ", "am", "2221", "ነርስ"}, // of a nurse: the particle is written as one with it
		{"ሀኪም", "am", "2211", "ሐኪም"},  // homophones
		{"ኀኪም", "am", "2211", "ሐኪም"},
		{"Umuliso", "en", "2222", "umuliso"}, // in another language than was said
	} {
		got := all.LinkOccupation(c.title, c.language)
		if len(got) == 0 || got[0].ID != c.code || got[0].Matched != c.matched {
			t.Errorf("%q in %q links to %+v, want %s by %s", c.title, c.language, got, c.code, c.matched)
		}
	}
	if got := all.LinkOccupation("Senior awogyefo, Kumasi", "tw"); len(got) == 0 || !slices.ContainsFunc(got, func(s Suggestion) bool { return s.ID == "2222" && s.Weight < wholeTitle }) {
		t.Errorf("a title that holds the word links to %+v", got)
	}
	if got := all.LinkOccupation("Midwife", "en"); len(got) == 0 || got[0].ID != "2222" || got[0].Matched == "awogyefo" {
		t.Errorf("a shipped title links to %+v", got)
	}
}

func TestLettersOfTheRegionTellWordsApart(t *testing.T) {
	all := taught(t, LocalWord{Kind: SkillKind, Concept: "agriculture.drip-irrigation", Language: "tw", Word: "ko"})
	if id, ok := all.LinkSkill("kɔ", "tw"); ok {
		t.Errorf("kɔ links to %s by ko", id)
	}
	all = taught(t, LocalWord{Kind: OccupationKind, Concept: "2211", Language: "ti", Word: "ሓኪም"})
	if got := all.LinkOccupation("ሃኪም", "ti"); slices.ContainsFunc(got, func(s Suggestion) bool { return s.ID == "2211" }) {
		t.Errorf("Tigrinya keeps ሓ and ሃ apart, and yet %+v", got)
	}
}

func TestLocalSkillsLinkAndAreFoundInTexts(t *testing.T) {
	all := taught(t, drip, waraab, birth, masno, toneful)
	for _, c := range []struct{ words, language, concept string }{
		{"Ndoxum toq", "wo", drip.Concept}, {"ndoxum toq", "en", drip.Concept}, {"awoo ho adwuma", "tw", birth.Concept},
		{"atosodee dua", "tw", toneful.Concept}, {"መስኖ፡ነጠብጣብ", "ti", masno.Concept}, // the old word space divides too
	} {
		if got, ok := all.LinkSkill(c.words, c.language); !ok || got != c.concept {
			t.Errorf("%q in %s links to %q, want %s", c.words, c.language, got, c.concept)
		}
	}
	for _, c := range []struct{ text, language, words, concept string }{
		{"Liggéey naa fukki at ci ndoxum toq ak mbay.", "wo", "ndoxum toq", drip.Concept},
		{"Waxaan ku shaqeeyay waraabka dhibcaha muddo.", "so", "waraabka dhibcaha", drip.Concept},
		{"Ten years of ndoxum toq in Thiès.", "en", "ndoxum toq", drip.Concept},
		{"Meyɛɛ awoɔ ho adwuma mfe du.", "tw", "awoɔ ho adwuma", birth.Concept},
		{"ኣብ መስኖ ነጠብጣብ ሰሪሐ።", "ti", "መስኖ ነጠብጣብ", masno.Concept},
		{"ብመስኖ ነጠብጣብ ሰሪሐ።", "ti", "ብመስኖ ነጠብጣብ", masno.Concept}, // with: the particle is one with the word
	} {
		if !slices.ContainsFunc(all.Mentions(c.text, c.language), func(m Mention) bool {
			return m.Concept == c.concept && m.Words == c.words && c.text[m.From:m.To] == m.Words
		}) {
			t.Errorf("%q holds %+v, want %s by %q", c.text, all.Mentions(c.text, c.language), c.concept, c.words)
		}
	}
}

func TestALocalWordTakesNoPlaceFromALongerLabelOrAnotherLanguage(t *testing.T) {
	all := taught(t, LocalWord{Kind: SkillKind, Concept: "agriculture.vegetable-growing", Language: "wo", Word: "irrigation"},
		LocalWord{Kind: SkillKind, Concept: "agriculture.vegetable-growing", Language: "en", Word: "drip"})
	got := all.Mentions("I know drip irrigation.", "en")
	if len(got) != 1 || got[0].Concept != "agriculture.drip-irrigation" {
		t.Errorf("got %+v, want drip irrigation alone", got)
	}
}

func TestLocalWordsAreSuggestedWhileTyping(t *testing.T) {
	all := taught(t, drip, yare, awoo)
	for typed, want := range map[string]string{"ndox": drip.Concept, "toq": drip.Concept, "NDOXUM T": drip.Concept} {
		if got := all.SuggestSkills(typed, "fr", 10); len(got) == 0 || got[0].ID != want || got[0].Matched != drip.Word || got[0].Label != "irrigation goutte à goutte" {
			t.Errorf("%q suggests %+v", typed, got)
		}
	}
	for _, typed := range []string{"ɔyare", "oyare"} {
		if got := all.SuggestOccupations(typed, "en", 10); len(got) == 0 || got[0].ID != "2221" || got[0].Matched != yare.Word {
			t.Errorf("%q suggests %+v", typed, got)
		}
	}
	if got := all.SuggestOccupations("awogye", "en", 10); len(got) != 1 || got[0].ID != "2222" {
		t.Errorf("an everyday occupation suggests %+v, want its group once", got)
	}
}

// officers are those who keep local words.
func officers() (coordinator, ministry, otherMinistry, administrator identity.Actor) {
	coordinator = identity.Actor{UserID: "c", Role: identity.Coordinator, OrganisationID: "co", ProgrammeID: "p"}
	ministry = identity.Actor{UserID: "m", Role: identity.Ministry, OrganisationID: "mi", ProgrammeID: "p"}
	otherMinistry = identity.Actor{UserID: "o", Role: identity.Ministry, OrganisationID: "om", ProgrammeID: "p"}
	return coordinator, ministry, otherMinistry, identity.Actor{UserID: "a", Role: identity.Administrator}
}

func TestAWordWorksAtOnceAndEverywhereThatReadsTheLedger(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		coordinator, ministry, other, _ := officers()
		here, there := shippedTaxonomy(t).Apart(), shippedTaxonomy(t).Apart()
		words := &Words{DB: db, Taxonomy: here}
		added, err := words.Add(t.Context(), ministry, []NewWord{{SkillKind, drip.Concept, "wo", "ndoxum  toq"}, {OccupationKind, "2222", "tw", "awogyefo"}}, false)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := here.LinkSkill("ndoxum toq", "wo"); got != drip.Concept {
			t.Errorf("here the word links to %q", got)
		}
		if _, err := there.Learned(t.Context(), db, []string{added[0].ID}); err != nil {
			t.Fatal(err)
		}
		if got, _ := there.LinkSkill("ndoxum toq", "wo"); got != drip.Concept {
			t.Errorf("on another server the word links to %q", got)
		}
		if _, err := words.Withdraw(t.Context(), other, added[0].ID, "not ours"); !fault.Is(err, fault.Denied) {
			t.Errorf("another ministry: %v, want denied", err)
		}
		if _, err := words.Withdraw(t.Context(), coordinator, added[0].ID, "It means something else"); err != nil {
			t.Fatal(err)
		}
		if got, ok := here.LinkSkill("ndoxum toq", "wo"); ok {
			t.Errorf("after it was withdrawn the word links to %q", got)
		}
		if _, err := words.Withdraw(t.Context(), coordinator, added[0].ID, "again"); !fault.HasCode(err, "word.withdrawn") {
			t.Errorf("withdrawn again: %v", err)
		}
		list, _, err := words.List(t.Context(), coordinator, WordFilter{Concept: drip.Concept, Limit: 10}, "fr")
		if err != nil || len(list) != 1 || list[0].WithdrawnAt == nil || list[0].WithdrawnBy != "c" || list[0].Reason == "" || list[0].CanWithdraw ||
			list[0].ConceptLabel != "irrigation goutte à goutte" || list[0].Word != "ndoxum toq" {
			t.Errorf("the list says %+v, %v", list, err)
		}
		if _, err := words.Add(t.Context(), ministry, []NewWord{{SkillKind, drip.Concept, "wo", "ndoxum toq"}}, false); err != nil {
			t.Errorf("a word that was withdrawn may come back: %v", err)
		}
	})
}

func TestOthersKeepNoWords(t *testing.T) {
	words := &Words{DB: storetest.SQLite(t), Taxonomy: shippedTaxonomy(t).Apart()}
	for _, role := range []identity.Role{identity.Nobody, identity.Professional, identity.Association, identity.Host} {
		who := identity.Actor{UserID: "u", Role: role}
		_, added := words.Add(t.Context(), who, []NewWord{{SkillKind, drip.Concept, "wo", "x"}}, false)
		_, _, listed := words.List(t.Context(), who, WordFilter{}, "en")
		_, withdrawn := words.Withdraw(t.Context(), who, "x", "y")
		for _, err := range []error{added, listed, withdrawn} {
			if !fault.Is(err, fault.Missing) {
				t.Errorf("%q: %v, want missing", role, err)
			}
		}
	}
}

func TestWhatIsWrongWithWordsIsToldAllAtOnce(t *testing.T) {
	db := storetest.SQLite(t)
	_, ministry, _, _ := officers()
	words := &Words{DB: db, Taxonomy: shippedTaxonomy(t).Apart()}
	if _, err := words.Add(t.Context(), ministry, []NewWord{{OccupationKind, "2221", "tw", "ɔyarehwɛfoɔ"}}, false); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		word NewWord
		code string
	}{
		{NewWord{SkillKind, drip.Concept, "wo", "   "}, "field.empty"},
		{NewWord{SkillKind, drip.Concept, "wo", string(make([]rune, 0)) + longWord(121)}, "field.long"},
		{NewWord{SkillKind, "no.such", "wo", "toq"}, "word.concept"},
		{NewWord{OccupationKind, "222", "wo", "toq"}, "word.concept"}, // a minor group is too wide
		{NewWord{SkillKind, drip.Concept, "xx-nowhere", "toq"}, "word.language"},
		{NewWord{SkillKind, drip.Concept, "am", "masno"}, "word.script"},
		{NewWord{SkillKind, drip.Concept, "wo", "መስኖ"}, "word.script"},
		{NewWord{SkillKind, drip.Concept, "wo", "tоq"}, "word.mixed"}, // the middle letter is Cyrillic
		{NewWord{SkillKind, drip.Concept, "wo", "2027"}, "word.letters"},
		{NewWord{SkillKind, drip.Concept, "wo", "🦩"}, "word.letters"},
		{NewWord{SkillKind, drip.Concept, "wo", "to\u202eq"}, "word.invisible"},
		{NewWord{SkillKind, drip.Concept, "fr", "Irrigation goutte à goutte"}, "word.known"},
		{NewWord{SkillKind, "agriculture.vegetable-growing", "fr", "irrigation goutte à goutte"}, "word.other_concept"},
		{NewWord{OccupationKind, "2222", "tw", "Ɔyarehwɛfoɔ"}, "word.other_concept"}, // names nurses already, by a local word
		{NewWord{OccupationKind, "2222", "fr", "sage-femme"}, "word.known"},
		{NewWord{OccupationKind, "2222.midwife", "fr", "sage femme"}, "word.known"}, // of the group, by an everyday occupation
		{NewWord{"field", drip.Concept, "wo", "toq"}, "word.kind"},
	} {
		_, err := words.Add(t.Context(), ministry, []NewWord{{SkillKind, drip.Concept, "wo", "ndoxum toq"}, c.word}, false)
		f := fault.Of(err)
		if f == nil || len(f.Fields) != 1 || f.Fields[0].Code != c.code || f.Fields[0].Field[:8] != "words[1]" {
			t.Errorf("%+v: %+v, want %s", c.word, f, c.code)
		}
	}
	_, err := words.Add(t.Context(), ministry, []NewWord{{SkillKind, drip.Concept, "wo", "a toq"}, {SkillKind, drip.Concept, "wo", "A  TOQ"}, {SkillKind, drip.Concept, "am", "masno"}}, false)
	if f := fault.Of(err); f == nil || len(f.Fields) != 2 || f.Fields[0].Code != "word.twice" || f.Fields[1].Code != "word.script" {
		t.Errorf("a list with two mistakes: %+v", f)
	}
	if _, err := words.Add(t.Context(), ministry, []NewWord{{OccupationKind, "2222", "tw", "ɔyarehwɛfoɔ"}}, true); err != nil {
		t.Errorf("even so: %v", err)
	}
	if got := words.Taxonomy.LinkOccupation("ɔyarehwɛfoɔ", "tw"); len(got) < 2 {
		t.Errorf("a word for two groups links to %+v", got)
	}
	if _, err := words.Add(t.Context(), ministry, make([]NewWord, MostAtOnce+1), false); !fault.Is(err, fault.Invalid) {
		t.Errorf("too many: %v", err)
	}
}

func longWord(n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = 'ɔ'
	}
	return string(out)
}

func TestOfTwoWhoAddTheSameWordAtOnceOneIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		_, ministry, _, _ := officers()
		all := shippedTaxonomy(t)
		outcomes := storetest.Race(t, 5, 8, func(round, _ int) error {
			words := &Words{DB: db, Taxonomy: all.Apart()} // as servers of their own, which have not heard of each other
			_, err := words.Add(t.Context(), ministry, []NewWord{{SkillKind, drip.Concept, "wo", fmt.Sprintf("toq %d", round)}}, false)
			return err
		})
		storetest.OneWins(t, outcomes)
	})
}

func TestAConceptShowsWhereItsLabelsComeFrom(t *testing.T) {
	all := taught(t, drip)
	k, ok := all.Concept(SkillKind, drip.Concept, "fr")
	if !ok || k.Label != "irrigation goutte à goutte" || k.Sector != "agriculture" || len(k.ISCO) == 0 {
		t.Fatalf("got %+v, %v", k, ok)
	}
	if !slices.ContainsFunc(k.Labels, func(l OriginLabel) bool {
		return l.Language == "it" && l.Label == "irrigazione a goccia" && l.Preferred && l.Origin == FromShipped
	}) {
		t.Errorf("the labels are %+v", k.Labels)
	}
	k, _ = all.Concept(OccupationKind, "2222", "en")
	if !slices.ContainsFunc(k.Labels, func(l OriginLabel) bool { return l.Label == "sage-femme" }) {
		t.Errorf("a group shows %+v, want also its everyday occupations", k.Labels)
	}
	if _, ok := all.Concept(OccupationKind, "no", "en"); ok {
		t.Error("there is a concept that nobody knows")
	}
}

func TestSpellingsRecogniseTheTermsOfAnIndex(t *testing.T) {
	s := newSpellings([]LocalWord{drip, masno})
	for term, want := range map[string]Place{"ndoxum": {0, 0}, "toq": {0, 1}, "ብመስኖ": {1, 0}, "ነጠብጣብ": {1, 1}} {
		if got := s.Places(term); !slices.Contains(got, want) {
			t.Errorf("%s stands for %v, want %v", term, got, want)
		}
	}
	if got := s.Places("irrigation"); len(got) != 0 {
		t.Errorf("another term stands for %v", got)
	}
}

func FuzzLocalWords(f *testing.F) {
	for _, seed := range []string{"awogyefo", "ɔ̀yárehwɛ́fóɔ̀", "የነርስ", "መስኖ፡ነጠብጣብ", "go'aan", "C++", "\xff", "a\u0301\u202e", "ال"} {
		f.Add(seed, "am")
	}
	all, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		own := all.Apart()
		own.local.Store(newOverlay([]LocalWord{{ID: "1", Kind: SkillKind, Concept: drip.Concept, Language: language, Word: text}, {ID: "2", Kind: OccupationKind, Concept: "2222", Language: "am", Word: text}}))
		for _, m := range own.Mentions(text+" "+text, language) {
			if m.From < 0 || m.To > 2*len(text)+1 || m.From >= m.To {
				t.Errorf("a mention from %d to %d", m.From, m.To)
			}
		}
		own.LinkSkill(text, language)
		own.LinkOccupation(text, language)
		own.SuggestSkills(text, language, 5)
		_, _ = own.checkWords([]NewWord{{SkillKind, drip.Concept, language, text}}, false, "en")
	})
}
