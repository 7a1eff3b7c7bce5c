// Command ferretdb speaks the MongoDB protocol in front of the stack's own PostgreSQL.
//
// It takes everything from its arguments, so that one built file serves every data folder:
//
//	ferretdb LISTEN_ADDRESS STATE_FOLDER
//
// The PostgreSQL address holds a password; it comes as the first line of standard input, because arguments and
// environment can be read by others on the machine. When standard input ends, the program that started us is gone
// and so are we.
package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/FerretDB/FerretDB/v2/ferretdb"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "ferretdb:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 3 {
		return fmt.Errorf("usage: ferretdb LISTEN_ADDRESS STATE_FOLDER, the PostgreSQL address on standard input")
	}
	input := bufio.NewReader(os.Stdin)
	postgres, err := input.ReadString('\n')
	if err != nil {
		return fmt.Errorf("the PostgreSQL address is missing on standard input: %w", err)
	}
	telemetry := false // nothing about a trial leaves the machine
	gateway, err := ferretdb.New(&ferretdb.Config{
		PostgreSQLURL: strings.TrimSpace(postgres),
		ListenAddr:    os.Args[1],
		StateDir:      os.Args[2],
		LogLevel:      slog.LevelError,
		LogOutput:     os.Stderr,
		Telemetry:     &telemetry,
	})
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		_, _ = input.ReadString(0) // returns only when the other side is gone
		stop()
	}()
	gateway.Run(ctx)
	return nil
}
