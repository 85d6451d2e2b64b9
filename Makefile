# Both are thin names for run.py, which also works without make.
.PHONY: run test
run:
	@python3 run.py
test:
	@python3 run.py test
