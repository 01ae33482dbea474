package main

import (
	"fmt"
	"os"

	"github.com/adtac/go-akismet/akismet"
)

func comment(kind string) *akismet.Comment {
	return &akismet.Comment{
		Blog:               os.Getenv("SITE"),
		UserIP:             os.Getenv(kind + "_IP"),
		UserAgent:          os.Getenv("AGENT"),
		Referrer:           os.Getenv("SITE"),
		Permalink:          os.Getenv("PERMALINK"),
		CommentType:        "comment",
		CommentAuthor:      os.Getenv(kind + "_AUTHOR"),
		CommentAuthorEmail: os.Getenv(kind + "_EMAIL"),
		CommentAuthorURL:   os.Getenv(kind + "_URL"),
		CommentContent:     os.Getenv(kind + "_CONTENT"),
	}
}

func expect(what string, found, wanted any) {
	if fmt.Sprint(found) != fmt.Sprint(wanted) {
		fmt.Printf("%s: %v, expected %v\n", what, found, wanted)
		os.Exit(1)
	}
}

func main() {
	key := os.Getenv("KEY")
	_, err := akismet.Check(comment("HAM"), os.Getenv("WRONG_KEY"))
	expect("Check with a wrong key", err, "invalid")
	spam, err := akismet.Check(comment("SPAM"), key)
	expect("error of Check of spam", err, nil)
	expect("Check of spam", spam, true)
	spam, err = akismet.Check(comment("HAM"), key)
	expect("error of Check of ham", err, nil)
	expect("Check of ham", spam, false)
	expect("SubmitHam", akismet.SubmitHam(comment("SPAM"), key), nil)
	expect("SubmitSpam", akismet.SubmitSpam(comment("HAM"), key), nil)
}
