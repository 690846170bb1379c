# Every verb is one line: what it does is in Maven or in a script beside it.
IT_RERUNS ?= 0
E2E ?= *E2E
.DEFAULT_GOAL := help
.PHONY: help deps build unit test fmt check generate generate-verify demo bench guests images manifests \
  cluster-up cluster-sync cluster-down e2e clean

help: ## Show this list.
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | while IFS="$$(printf '\t')" read -r verb does; do printf '  %-16s %s\n' "$$verb" "$$does"; done

deps: ## Install the Debian packages that building and testing need (as root); start docker when none runs.
	@.ci/install-packages
	@.ci/start-docker

build: ## Compile, run the unit tests and leave bin/launcher and bin/virtctl.
	@.ci/mvn package
	@launcher/scripts/assemble
	@virtctl/scripts/assemble

unit: ## Run the unit tests only.
	@.ci/mvn test

test: guests ## Run unit and integration tests, the latter against real QEMU (IT_RERUNS=2: flaky ones again).
	@.ci/mvn verify -Dit.reruns=$(IT_RERUNS)

fmt: ## Format the sources.
	@.ci/mvn -q spotless:apply

check: ## Check formats and scripts; print sizes and suppressions.
	@.ci/mvn -q spotless:check
	@.ci/check-scripts
	@.ci/print-sizes

generate: ## Regenerate the files that come from sources.
	@.ci/mvn -q -pl crds compile exec:java@definitions

generate-verify: ## Fail when generated files differ from their sources.
	@.ci/generate-verify

demo: guests ## Boot a Linux VM and put you on its serial console (GUEST=micro: the small one).
	@launcher/scripts/ensure-built
	@launcher/scripts/demo

bench: guests ## Measure speed and weight against the budgets.
	@launcher/scripts/ensure-built
	@launcher/scripts/bench

guests: deps ## Build the guests that the demo and the tests boot, cached by content.
	@launcher/guests/build

images: guests ## Build our container images and those guests (IMAGE_PREFIX, VERSION: their names).
	@manifests/images/ensure-built
	@manifests/images/build

manifests: ## Render the manifests that install barevirt on a cluster (VERSION, IMAGE_PREFIX, OVERLAY).
	@manifests/render

cluster-up: ## Start, or repair, a Kubernetes cluster on this machine (KUBE_PROVIDER, KUBE_NODES, KUBE_CLUSTER).
	@cluster-up/up

cluster-sync: guests ## Build what has changed, put it on that cluster and wait until it is ready.
	@cluster-up/sync

cluster-down: ## Remove that cluster and all it has put on this machine.
	@cluster-up/down

e2e: ## Test on that cluster (E2E=NetworkE2E: one class of tests).
	@cluster-up/cli.sh nodes >/dev/null
	@.ci/mvn -pl cluster-up/e2e -am verify -De2e.skip=false -DskipITs -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='$(E2E)' -Dfailsafe.failIfNoSpecifiedTests=false

clean: ## Remove what was built; the cache of guests stays.
	@rm -rf target bin
	@.ci/mvn -q clean
