// SPDX-License-Identifier: AGPL-3.0-or-later

package likeness

import (
	"slices"
	"testing"
)

func TestANumberIsReadFromTheThreeWaysOfWritingIt(t *testing.T) {
	for _, c := range []struct {
		written   string
		countries []string
		want      []string
	}{
		{"0096178908941", []string{"FI", "LB"}, []string{"+96178908941"}},
		{"+961 78 908 941", []string{"FI"}, []string{"+96178908941"}},
		{"78908941", []string{"LB"}, []string{"+96178908941"}},
		{"78 90 89 41", []string{"FI", "LB"}, nil}, // looked at below
		{"020 123 4567", []string{"NL", "GH"}, nil},
		{"٠٠٩٦١٧٨٩٠٨٩٤١", []string{"LB"}, []string{"+96178908941"}},
		{"see e-mail", []string{"LB"}, []string{}},
		{"12", []string{"LB"}, []string{}},
		{"", []string{"LB"}, []string{}},
	} {
		got := Phones(c.written, c.countries...)
		if c.want == nil { // a national number of several countries: one of them is right
			if !slices.Contains(got, Phones(c.written, c.countries[len(c.countries)-1])[0]) {
				t.Errorf("Phones(%q, %v) = %v", c.written, c.countries, got)
			}
			continue
		}
		if !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("Phones(%q, %v) = %v, want %v", c.written, c.countries, got, c.want)
		}
	}
}

func TestNamesAreComparedAcrossScriptsAndSpellings(t *testing.T) {
	name := func(given, family string) Person { return Person{GivenName: given, FamilyName: family} }
	for _, c := range []struct {
		a, b Person
		want agreement
	}{
		{name("Rania", "Haddad"), name("رانيا", "حداد"), same},
		{name("Rania", "Haddad"), name("Raniya", "Hadad"), same},
		{name("Mohammed", "Khalil"), name("محمد", "خليل"), same},
		{name("Mohd", "Khalil"), name("Muhammad", "Khaleel"), same},
		{name("Abdul Rahman", "Ould Ali"), name("عبد الرحمن", "علي"), same},
		{name("Abderrahmane", "Ali"), name("Abdel-Rahman", "Aly"), same},
		{name("Abdullah", "Saleh"), name("عبدالله", "صالح"), same},
		{name("Fatimah", "al-Zahra"), name("Fatima", "Zahra"), same},
		{name("Youssef", "Haddad"), name("يوسف", "حداد"), same},
		{name("Ouafa", "Gamal"), name("وفاء", "جمال"), same},
		{name("Xasan", "Cabdi"), name("Hassan", "Abdi"), same},
		{name("Maxamed", "Cali"), name("Mohamed", "Ali"), same},
		{name("Сергей", "Иванов"), name("Sergey", "Ivanov"), same},
		{name("Александр", "Жуков"), name("Alexander", "Zhukov"), same},
		{name("Γεώργιος", "Παπαδόπουλος"), name("Georgios", "Papadopoulos"), same},
		{name("ሰላማዊት", "ተስፋዬ"), name("Selamawit", "Tesfaye"), same},
		{name("ዮሐንስ", "አበበ"), name("Yohannes", "Abebe"), same},
		{name("José", "Gonçalves da Silva"), name("Jose", "Goncalves Silva"), same},
		{name("Haddad", "Rania"), name("Rania", "Haddad"), same}, // the other order
		{name("Hodan", "Warsame"), name("Hodan", "Warsame Ali"), same},
		{name("Ngozi", "Okonkwo"), name("Ngozi", "Okonkow"), same}, // a slip
		{name("Rania", "Haddad"), name("Rania", "Khoury"), partly}, // married
		{name("Rania", "Haddad"), name("Rima", "Haddad"), different},
		{name("Sara Ali", "Hassan"), name("Ali", "Hassan"), different}, // a daughter
		{name("Rania", ""), name("Rania", "Haddad"), partly},
		{name("Rania", "Haddad"), name("", ""), different},
		{name("Amina", "Yusuf"), name("Amine", "Youssef"), same}, // sounds cannot tell; the date does
	} {
		if got := compareNames(c.a, c.b); got != c.want {
			t.Errorf("%s %s and %s %s (%v, %v): %d, want %d", c.a.GivenName, c.a.FamilyName, c.b.GivenName, c.b.FamilyName,
				words(c.a.GivenName+" "+c.a.FamilyName), words(c.b.GivenName+" "+c.b.FamilyName), got, c.want)
		}
		if one, other := compareNames(c.a, c.b), compareNames(c.b, c.a); one != other {
			t.Errorf("%v and %v: %d one way, %d the other", c.a, c.b, one, other)
		}
	}
}

func TestTwoRecordsAreOfOnePersonOrNot(t *testing.T) {
	rania := Person{GivenName: "Rania", FamilyName: "Haddad", Phone: "0096178908941", Email: "rania@example.org", BirthDate: "1988-03-14", Residence: "LB", OriginCountry: "LB"}
	but := func(change func(*Person)) Person {
		p := rania
		p.Email = "other@example.org"
		change(&p)
		return p
	}
	for _, c := range []struct {
		what string
		b    Person
		want Strength
	}{
		{"another spelling and way of dialling", but(func(p *Person) { p.GivenName, p.FamilyName, p.Phone = "رانيا", "حداد", "+96178908941" }), Likely},
		{"a national number", but(func(p *Person) { p.GivenName, p.Phone = "Raniya", "78908941" }), Likely},
		{"another number", but(func(p *Person) { p.Phone = "+4917612345678" }), Likely},
		{"her sister at the same telephone", but(func(p *Person) { p.GivenName, p.BirthDate = "Rima", "1990-07-02" }), None},
		{"her twin at the same telephone", but(func(p *Person) { p.GivenName = "Rima" }), None},
		{"the same name and telephone, another date", but(func(p *Person) { p.BirthDate = "1990-07-02" }), None},
		{"the same name and address, another date", but(func(p *Person) { p.Email, p.BirthDate = "RANIA@example.org", "1990-07-02" }), Possible},
		{"a digit of the date", but(func(p *Person) { p.BirthDate = "1988-03-15" }), Possible},
		{"a digit of the date, nothing else shared", but(func(p *Person) { p.Phone, p.BirthDate = "", "1988-03-15" }), None},
		{"married, the same telephone", but(func(p *Person) { p.FamilyName = "Khoury" }), Possible},
		{"married, nothing else shared", but(func(p *Person) { p.FamilyName, p.Phone = "Khoury", "" }), None},
		{"no date", but(func(p *Person) { p.BirthDate = "" }), Likely},
		{"no date, nothing else shared", but(func(p *Person) { p.BirthDate, p.Phone = "", "" }), None},
		{"somebody else", Person{GivenName: "Karim", FamilyName: "Saab", Phone: "0096178908941", BirthDate: "1988-03-14", Residence: "LB"}, None},
	} {
		got := Compare(rania, c.b)
		if got.Strength != c.want {
			t.Errorf("%s: %s for %v, want %s", c.what, got.Strength, got.Reasons, c.want)
		}
		if back := Compare(c.b, rania); back.Strength != got.Strength {
			t.Errorf("%s: %s the other way", c.what, back.Strength)
		}
		if got.Strength != None && !share(Keys(rania), Keys(c.b)) {
			t.Errorf("%s: alike, but no key is shared: %v and %v", c.what, Keys(rania), Keys(c.b))
		}
	}
	usual := but(func(p *Person) { p.BirthDate, p.Phone = "1988-01-01", "" })
	first := rania
	first.BirthDate = "1988-01-01"
	if got := Compare(first, usual); got.Strength != Possible || !slices.Contains(got.Reasons, UsualBirth) {
		t.Errorf("1 January is said of whoever does not know: %v", got)
	}
}

func FuzzComparing(f *testing.F) {
	f.Add("Rania", "حداد", "0096178908941", "ዮሐንስ", "x", "+٣")
	f.Fuzz(func(t *testing.T, given, family, phone, given2, family2, phone2 string) {
		a := Person{GivenName: given, FamilyName: family, Phone: phone, BirthDate: "1988-03-14", Residence: "LB"}
		b := Person{GivenName: given2, FamilyName: family2, Phone: phone2, BirthDate: "1988-03-14", OriginCountry: "SN"}
		got, back := Compare(a, b), Compare(b, a)
		if got.Strength != back.Strength {
			t.Errorf("%+v and %+v: %v and %v", a, b, got, back)
		}
		if got.Strength == Likely && !slices.Contains(got.Reasons, SameEmail) && !share(Keys(a), Keys(b)) && !slipped(a, b) {
			t.Errorf("%+v and %+v are alike and share no key", a, b)
		}
	})
}

// slipped tells whether no word sounds the same: only slips of the pen tell then.
func slipped(a, b Person) bool {
	for _, x := range words(a.GivenName + " " + a.FamilyName) {
		for _, y := range words(b.GivenName + " " + b.FamilyName) {
			if share(readings(x), readings(y)) {
				return false
			}
		}
	}
	return true
}

func BenchmarkKeys(b *testing.B) {
	p := Person{GivenName: "عبد الرحمن", FamilyName: "حداد", Phone: "78908941", Email: "a@example.org", BirthDate: "1988-03-14", Residence: "LB", OriginCountry: "FR"}
	for b.Loop() {
		Keys(p)
	}
}
